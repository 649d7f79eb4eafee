// Which world and which item of it (agent, pair, …) an invocation stands for on a GPU: all items of all worlds are one flat list, bundle by bundle, and for
// each item strand by strand; the list is cut into rows since a dispatch has at most 65,535 workgroups per dimension. A CPU engine walks through the same list in
// nested loops, a workgroup that keeps to its bundle in one.
@if(!resident) import constants::WORKGROUP;

/// `value` is the place among the items and strands of the bundle.
struct Place { bundle: u32, strand: u32, item: u32, value: u32, valid: bool }

fn place(id: vec3u, bundles: u32, items: u32, strands: u32) -> Place {
  return place_among(id, bundles, items * strands, items * strands, strands);
}

/// The same, but every bundle begins at a multiple of 32 invocations, so that those whose values share a word are in one workgroup.
fn place_by_words(id: vec3u, bundles: u32, items: u32, strands: u32) -> Place {
  let values = items * strands;
  return place_among(id, bundles, values, (values + 31u) & ~31u, strands);
}

@if(!resident)
fn place_among(id: vec3u, bundles: u32, values: u32, stride: u32, strands: u32) -> Place {
  let flat = id.y * (65535u * WORKGROUP) + id.x;
  let bundle = flat / stride;
  let value = flat - bundle * stride;
  let item = value / strands;
  return Place(bundle, value - item * strands, item, value, bundle < bundles && value < values);
}

/// The bundle is given, and the value in it.
@if(resident)
fn place_among(id: vec3u, bundles: u32, values: u32, stride: u32, strands: u32) -> Place {
  let item = id.x / strands;
  return Place(id.z, id.x - item * strands, item, id.x, id.x < values);
}
