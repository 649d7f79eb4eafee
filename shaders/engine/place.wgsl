// Which world and which item of it (agent, pair, …) an invocation stands for on a GPU: all items of all worlds are one flat list, replica by replica, and for
// each item point by point; the list is cut into rows since a dispatch has at most 65,535 workgroups per dimension. A CPU engine walks through the same list in
// nested loops.
import constants::WORKGROUP;

struct Place { replica: u32, point: u32, item: u32, valid: bool }

fn place(id: vec3u, replicas: u32, items: u32, points: u32) -> Place {
  let flat = id.y * (65535u * WORKGROUP) + id.x;
  let number = flat / points;
  let replica = number / items;
  return Place(replica, flat - number * points, number - replica * items, replica < replicas);
}
