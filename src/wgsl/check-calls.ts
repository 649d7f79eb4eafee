// Checks what stands before parentheses: type constructors and conversions, builtins, atomics and the author's functions.
import type { CallNode } from './ast.ts';
import { ATOMICS, BUILTINS, type Builtin, inDomain, insteadOf, parameterType } from './builtins.ts';
import { checkAtomic } from './check-atomics.ts';
import { checkConstruct, checkInferred } from './check-construct.ts';
import { checkExpression, checkValue } from './check-expressions.ts';
import { findType, resolveType } from './check-types.ts';
import type { Checker } from './checker.ts';
import { applyOperation, convertTo, foldConstants, unify } from './convert.ts';
import { intrinsicOf } from './intrinsics.ts';
import type { Expression, FunctionIr, PointerArgument, Variable } from './ir.ts';
import { BITCAST } from './operations.ts';
import { unknownName } from './scope.ts';
import * as types from './types.ts';

export function checkCall(checker: Checker, node: CallNode): Expression {
  const { source } = checker;
  const { callee } = node;
  const meaning = checker.resolve(callee);
  if (meaning?.kind === 'function') return checkUserCall(checker, node, meaning.function);
  const type = callee.name === 'bitcast' ? undefined : findType(checker, callee);
  if (type) return checkConstruct(checker, type, node);
  if (meaning) throw source.error(callee, { what: `"${callee.name}" is a ${meaning.kind}, not a function` });
  if (/^(?:array|vec[234])$/.test(callee.name)) return checkInferred(checker, node);
  if (callee.name === 'bitcast') return checkBitcast(checker, node);
  if (callee.name === 'arrayLength') return checkLength(checker, node);
  const atomic = ATOMICS.get(callee.name);
  if (atomic) return checkAtomic(checker, node, atomic);
  const builtin = BUILTINS.get(callee.name);
  if (builtin) return checkBuiltin(checker, node, builtin);
  if (checker.forDevices && callee.name === 'workgroupBarrier') {
    expectArguments(checker, node, 0);
    return { kind: 'compose', args: [], type: types.VOID, start: node.start, end: node.end };
  }
  const hint = insteadOf(callee.name);
  if (hint) throw source.error(callee, { what: `builtin "${callee.name}" is not supported`, hint });
  if (/^(?:mat|texture_)|^vec[234]h$|^f16$/.test(callee.name)) resolveType(checker, callee);
  throw unknownName(source, callee, [...BUILTINS.keys(), ...checker.scope.known()]);
}

export function expectArguments(checker: Checker, node: CallNode, expected: number): void {
  if (node.args.length === expected) return;
  const { source } = checker;
  // an argument that the author did not write, such as the site of a draw, is none of theirs
  const added = node.args.filter(arg => source.excerpt(arg) === '').length;
  throw source.error(node, {
    what: `wrong number of arguments in \`${source.excerpt(node)}\``,
    expected: `${expected - added}`,
    got: `${node.args.length - added}`,
  });
}

function checkUserCall(checker: Checker, node: CallNode, callee: FunctionIr): Expression {
  const { source, current } = checker;
  if (callee.isEntry) throw source.error(node, { what: `the entry point "${callee.name}" cannot be called` });
  expectArguments(checker, node, callee.params.length);
  const intrinsic = intrinsicOf(source.locate(callee.start).file, callee.name);
  if (!intrinsic) current?.calls.add(callee);
  const args = callee.params.map((param, i) => {
    if (param.kind === 'pointer') return checkPointerArgument(checker, node, i, param);
    return convertTo(source, checkValue(checker, node.args[i]), param.type, ` of argument "${param.name}"`);
  });
  const { start, end } = node;
  if (intrinsic)
    return { kind: 'builtin', builtin: intrinsic, args: args as Expression[], type: callee.result, start, end };
  return { kind: 'call', callee, args, type: callee.result, start, end };
}

function checkPointerArgument(checker: Checker, node: CallNode, index: number, param: Variable): PointerArgument {
  const arg = node.args[index];
  const checked = checkExpression(checker, arg);
  const expected = `ptr<${param.space}, ${types.typeText(param.type)}>`;
  if (checked.kind !== 'pointer') {
    throw checker.source.error(arg, {
      what: `argument "${param.name}" is a pointer`,
      expected,
      hint: 'put "&" before a variable',
    });
  }
  const { place } = checked;
  const got = `ptr<${place.root.space}, ${types.typeText(place.type)}>`;
  if (got !== expected) throw checker.source.error(arg, { what: `wrong pointer for "${param.name}"`, expected, got });
  if (
    place.path.some(step => step.kind === 'component') ||
    hasVectorIndex(place.root.type, place.path.length, checked)
  ) {
    throw checker.source.error(arg, {
      what: 'WGSL has no pointers to vector components',
      hint: 'pass the vector instead',
    });
  }
  if (!place.root.writable) throw checker.source.error(arg, { what: `"${place.root.name}" cannot be written` });
  place.root.assigned = true;
  if (holdsArray(place.root.type)) place.root.indexed = true;
  return { kind: 'pointer', place, start: arg.start, end: arg.end };
}

function hasVectorIndex(root: types.Type, length: number, { place }: { place: PointerArgument['place'] }): boolean {
  const owner = length < 2 ? root : place.path[length - 2].type;
  return length > 0 && owner.kind === 'vector';
}

export function holdsArray(type: types.Type): boolean {
  return type.kind === 'array' || (type.kind === 'struct' && type.members.some(member => holdsArray(member.type)));
}

function checkBitcast(checker: Checker, node: CallNode): Expression {
  const { source } = checker;
  if (node.callee.kind !== 'templated')
    throw source.error(node, { what: '"bitcast" needs a type', hint: 'write bitcast<u32>(x)' });
  expectArguments(checker, node, 1);
  const to = resolveType(checker, node.callee.args[0]);
  const value = checkValue(checker, node.args[0]);
  const arg = convertTo(source, value, types.concrete(value.type));
  const bits = [arg.type, to].every(type => ['i32', 'u32', 'f32'].includes(types.scalarOf(type)?.name ?? ''));
  if (!bits || types.leafCount(arg.type) !== types.leafCount(to)) {
    throw source.error(node, { what: 'wrong types of "bitcast"', expected: 'i32, u32, f32 or vectors of one size' });
  }
  return applyOperation(source, BITCAST, to, [arg], node);
}

function checkLength(checker: Checker, node: CallNode): Expression {
  expectArguments(checker, node, 1);
  const checked = checkExpression(checker, node.args[0]);
  const place = checked.kind === 'pointer' ? checked.place : undefined;
  if (place?.type.kind !== 'array' || place.type.count !== undefined || place.path.length > 0) {
    throw checker.source.error(node, {
      what: 'wrong argument of "arrayLength"',
      expected: 'the address of a runtime-sized array',
      hint: 'as in arrayLength(&state)',
    });
  }
  return { kind: 'length', binding: place.root, array: place.type, type: types.U32, start: node.start, end: node.end };
}

function checkBuiltin(checker: Checker, node: CallNode, builtin: Builtin): Expression {
  const { source } = checker;
  const { domain, params, result, shape } = builtin.signature;
  expectArguments(checker, node, params.length);
  const values = node.args.map(arg => checkValue(checker, arg));
  const wrong = (): Error =>
    source.error(node, {
      what: `"${builtin.name}" does not apply in \`${source.excerpt(node)}\``,
      expected: `${domain === 'any' ? '' : `${domain} `}arguments of one type${shape ? `, ${shape === 'vec3' ? 'vec3' : `${shape}s`}` : ''}`,
      got: values.map(value => types.typeText(value.type)).join(', '),
    });
  const main = values.filter((_, i) => params[i] === 'T').map(value => value.type);
  let T: types.Type | undefined = main[0];
  for (const type of main) T = T && unify(T, type);
  if (T && domain === 'float' && types.scalarOf(T) === types.ABSTRACT_INT)
    T = types.withScalar(T, types.ABSTRACT_FLOAT);
  const constants = values.every(value => value.kind === 'constant');
  const scalar = T && types.scalarOf(T);
  if (!T || !scalar || T.kind === 'atomic' || !inDomain(domain, scalar.name)) throw wrong();
  if (shape && T.kind !== 'vector') throw wrong();
  if (shape === 'vec3' && types.leafCount(T) !== 3) throw wrong();
  // A run-time argument makes the abstract ones concrete.
  const type = constants ? T : types.concrete(T);
  const args = values.map((value, i) => {
    const param = parameterType(params[i], type, value.type);
    return convertTo(source, value, param, ` of argument ${i + 1} of "${builtin.name}"`);
  });
  const mistake = builtin.refuse?.(args.map(arg => (arg.kind === 'constant' ? arg.values[0] : undefined)));
  if (mistake) throw source.error(node, { what: `${mistake} in \`${source.excerpt(node)}\`` });
  const folded = foldConstants(source, node, result(type), args, leaves => builtin.lower(leaves, x => x));
  return folded ?? { kind: 'builtin', builtin, args, type: result(type), start: node.start, end: node.end };
}
