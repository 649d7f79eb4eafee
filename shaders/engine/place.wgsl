// Which world and which item of it (agent, pair, …) an invocation stands for on a GPU: all items of all worlds are one flat list, replica by replica, and for
// each item point by point; the list is cut into rows since a dispatch has at most 65,535 workgroups per dimension. A CPU engine walks through the same list in
// nested loops, a workgroup that keeps to its replica in one.
@if(!resident) import constants::WORKGROUP;

/// `value` is the place among the items and points of the replica.
struct Place { replica: u32, point: u32, item: u32, value: u32, valid: bool }

fn place(id: vec3u, replicas: u32, items: u32, points: u32) -> Place {
  return place_among(id, replicas, items * points, items * points, points);
}

/// The same, but every replica begins at a multiple of 32 invocations, so that those whose values share a word are in one workgroup.
fn place_by_words(id: vec3u, replicas: u32, items: u32, points: u32) -> Place {
  let values = items * points;
  return place_among(id, replicas, values, (values + 31u) & ~31u, points);
}

@if(!resident)
fn place_among(id: vec3u, replicas: u32, values: u32, stride: u32, points: u32) -> Place {
  let flat = id.y * (65535u * WORKGROUP) + id.x;
  let replica = flat / stride;
  let value = flat - replica * stride;
  let item = value / points;
  return Place(replica, value - item * points, item, value, replica < replicas && value < values);
}

/// The replica is given, and the value in it.
@if(resident)
fn place_among(id: vec3u, replicas: u32, values: u32, stride: u32, points: u32) -> Place {
  let item = id.x / points;
  return Place(id.z, id.x - item * points, item, id.x, id.x < values);
}
