// The syntax tree of WGSL: what was written and where, with nothing resolved. Also the walk over it.
import type { Source, Span } from './source.ts';

export interface Name extends Span {
  readonly name: string;
}

export interface Attribute extends Span {
  readonly kind: 'attribute';
  readonly name: string;
  readonly args: readonly ExpressionNode[];
}

// Expressions. A type is written as a `name` or a `templated` expression, as in the WGSL specification.
interface LiteralNode extends Span {
  readonly kind: 'literal';
  readonly text: string;
}
export interface NameNode extends Name {
  readonly kind: 'name';
}
export interface TemplatedNode extends Name {
  readonly kind: 'templated';
  readonly args: readonly ExpressionNode[];
}
export interface CallNode extends Span {
  readonly kind: 'call';
  readonly callee: NameNode | TemplatedNode;
  readonly args: readonly ExpressionNode[];
  /** Offset just behind the opening parenthesis. */
  readonly argsStart: number;
}
export interface IndexNode extends Span {
  readonly kind: 'index';
  readonly base: ExpressionNode;
  readonly index: ExpressionNode;
}
export interface MemberNode extends Span {
  readonly kind: 'member';
  readonly base: ExpressionNode;
  readonly member: Name;
}
export interface UnaryNode extends Span {
  readonly kind: 'unary';
  readonly operator: string;
  readonly operand: ExpressionNode;
}
export interface BinaryNode extends Span {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}
interface GroupNode extends Span {
  readonly kind: 'group';
  readonly inner: ExpressionNode;
}
export type ExpressionNode =
  | LiteralNode
  | NameNode
  | TemplatedNode
  | CallNode
  | IndexNode
  | MemberNode
  | UnaryNode
  | BinaryNode
  | GroupNode;

// Statements.
export interface BlockNode extends Span {
  readonly kind: 'block';
  readonly body: readonly StatementNode[];
}
export interface DeclareNode extends Span {
  readonly kind: 'declare';
  readonly keyword: 'let' | 'const' | 'var' | 'override';
  readonly attributes: readonly Attribute[];
  /** Address space and access of `var<...>`. */
  readonly qualifiers: readonly string[];
  readonly name: Name;
  readonly type?: ExpressionNode;
  readonly value?: ExpressionNode;
}
export interface AssignNode extends Span {
  readonly kind: 'assign';
  /** Absent in the phony assignment `_ = value`. */
  readonly target?: ExpressionNode;
  /** `+` in `+=`; absent in `=`. */
  readonly operator?: string;
  /** Absent in `++` and `--`, which have operator `+` and `-`. */
  readonly value?: ExpressionNode;
}
export interface IfNode extends Span {
  readonly kind: 'if';
  readonly condition: ExpressionNode;
  readonly accept: BlockNode;
  readonly reject?: BlockNode | IfNode;
}
export interface SwitchCase extends Span {
  readonly kind: 'case';
  /** Values that select the clause; `isDefault` when `default` is among them. */
  readonly selectors: readonly ExpressionNode[];
  readonly isDefault: boolean;
  readonly body: BlockNode;
}
export interface SwitchNode extends Span {
  readonly kind: 'switch';
  readonly selector: ExpressionNode;
  readonly cases: readonly SwitchCase[];
}
interface LoopNode extends Span {
  readonly kind: 'loop';
  readonly body: BlockNode;
  readonly continuing?: BlockNode;
  readonly breakIf?: ExpressionNode;
}
interface WhileNode extends Span {
  readonly kind: 'while';
  readonly condition: ExpressionNode;
  readonly body: BlockNode;
}
export interface ForNode extends Span {
  readonly kind: 'for';
  readonly init?: StatementNode;
  readonly condition?: ExpressionNode;
  readonly update?: StatementNode;
  readonly body: BlockNode;
}
interface JumpNode extends Span {
  readonly kind: 'break' | 'continue' | 'discard';
}
interface ReturnNode extends Span {
  readonly kind: 'return';
  readonly value?: ExpressionNode;
}
interface EvaluateNode extends Span {
  readonly kind: 'evaluate';
  readonly call: CallNode;
}
export interface AssertNode extends Span {
  readonly kind: 'assert';
  readonly condition: ExpressionNode;
}
export type StatementNode =
  | BlockNode
  | DeclareNode
  | AssignNode
  | IfNode
  | SwitchNode
  | LoopNode
  | WhileNode
  | ForNode
  | JumpNode
  | ReturnNode
  | EvaluateNode
  | AssertNode;

// Declarations.
export interface FieldNode extends Span {
  readonly kind: 'field';
  readonly attributes: readonly Attribute[];
  readonly name: Name;
  readonly type: ExpressionNode;
}
export interface FunctionNode extends Span {
  readonly kind: 'function';
  readonly attributes: readonly Attribute[];
  readonly name: Name;
  readonly params: readonly FieldNode[];
  /** Offset just behind the opening parenthesis of the parameters. */
  readonly paramsStart: number;
  readonly returns?: ExpressionNode;
  readonly body: BlockNode;
}
export interface StructNode extends Span {
  readonly kind: 'struct';
  readonly name: Name;
  readonly members: readonly FieldNode[];
}
interface AliasNode extends Span {
  readonly kind: 'alias';
  readonly name: Name;
  readonly type: ExpressionNode;
}
interface DirectiveNode extends Span {
  readonly kind: 'directive';
  readonly keyword: string;
}
export type DeclarationNode = FunctionNode | StructNode | AliasNode | DeclareNode | AssertNode | DirectiveNode;

export interface SyntaxTree {
  readonly source: Source;
  readonly declarations: readonly DeclarationNode[];
}

export type SyntaxNode = ExpressionNode | StatementNode | DeclarationNode | FieldNode | SwitchCase | Attribute;

/** Functions of a tree in the order of the text. */
export function functionsOf(tree: SyntaxTree): FunctionNode[] {
  return tree.declarations.filter(declaration => declaration.kind === 'function');
}

/** Whether a function is marked `@compute`. */
export function isEntry(node: FunctionNode): boolean {
  return node.attributes.some(attribute => attribute.name === 'compute');
}

/** The children of a node in the order of the text. */
function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  const add = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const item of value) add(item);
    else if ('kind' in value) children.push(value as SyntaxNode);
  };
  for (const key in node) add(node[key as keyof SyntaxNode]);
  return children.length > 1 ? children.sort((a, b) => a.start - b.start) : children;
}

/** Visits a node and everything below it in the order of the text, each with its ancestors (outermost first). */
export function walk(
  node: SyntaxNode | SyntaxTree,
  visit: (node: SyntaxNode, ancestors: readonly SyntaxNode[]) => void,
): void {
  const ancestors: SyntaxNode[] = [];
  const enter = (current: SyntaxNode): void => {
    visit(current, ancestors);
    ancestors.push(current);
    for (const child of childrenOf(current)) enter(child);
    ancestors.pop();
  };
  if ('declarations' in node) for (const declaration of node.declarations) enter(declaration);
  else enter(node);
}
