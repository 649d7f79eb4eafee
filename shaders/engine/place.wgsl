// Which world and which item of it (agent, pair, …) an invocation stands for. On a GPU all items of all worlds are one flat list, cut into rows
// since a dispatch has at most 65,535 workgroups per dimension; a CPU engine walks worlds and items in two nested loops.
import constants::WORKGROUP;

struct Place { world: u32, item: u32, valid: bool }

@if(serial)
fn place(id: vec3u, items: u32, worlds: u32) -> Place {
  return Place(id.z, id.x, true);
}

@if(!serial)
fn place(id: vec3u, items: u32, worlds: u32) -> Place {
  let flat = id.y * (65535u * WORKGROUP) + id.x;
  let world = flat / items;
  return Place(world, flat - world * items, world < worlds);
}
