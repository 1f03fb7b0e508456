import { parseSync } from '@swc/core';

/** One thing that a file takes from elsewhere: a static, dynamic, re-exported or type-only import, or a require. */
export interface Import {
  /** Undefined for a dynamic import whose target is computed. */
  target: string | undefined;
  reExport: boolean;
}

export interface Source {
  imports: Import[];
  /** `export *` from elsewhere. */
  exportsAll: boolean;
  /** All its statements are re-exports. */
  onlyReExports: boolean;
  decorated: boolean;
}

type Node = { type?: string; [key: string]: unknown };

/** What the rules of the house need to know of a TypeScript file. */
export function readSource(text: string, path: string): Source {
  const program = parseSync(text, { syntax: 'typescript', decorators: true, tsx: path.endsWith('.tsx'), target: 'es2023' });
  const source: Source = { imports: [], exportsAll: false, onlyReExports: false, decorated: false };
  visit(program as unknown as Node, (node) => note(node, source));
  const body = program.body as unknown as Node[];
  source.onlyReExports = body.length > 0 && body.every((statement) => isReExport(statement));
  return source;
}

function note(node: Node, source: Source): void {
  if (node.type === 'Decorator') source.decorated = true;
  if (node.type === 'ExportAllDeclaration') source.exportsAll = true;
  const target = targetOf(node);
  if (target !== false) source.imports.push({ target, reExport: isReExport(node) });
}

const isReExport = ({ type, source }: Node): boolean =>
  type === 'ExportAllDeclaration' || (type === 'ExportNamedDeclaration' && Boolean(source));

function targetOf(node: Node): string | undefined | false {
  if (node.type === 'ImportDeclaration' || isReExport(node)) return literal(node.source);
  if (node.type === 'TsImportType') return literal(node.argument);
  if (node.type === 'TsExternalModuleReference') return literal(node.expression);
  if (node.type !== 'CallExpression') return false;
  return loads(node.callee as Node) ? literal((node.arguments as { expression: unknown }[])[0]?.expression) : false;
}

// import(x), require(x), import.meta.resolve(x), require.resolve(x)
function loads({ type, value, object, property }: Node): boolean {
  if (type === 'Import' || (type === 'Identifier' && value === 'require')) return true;
  if (type !== 'MemberExpression' || (property as Node | undefined)?.value !== 'resolve') return false;
  const of = object as Node;
  return of.type === 'MetaProperty' || (of.type === 'Identifier' && of.value === 'require');
}

function literal(node: unknown): string | undefined {
  const { type, value } = (node ?? {}) as Node;
  return type === 'StringLiteral' ? (value as string) : undefined;
}

function visit(node: Node, see: (node: Node) => void): void {
  if (typeof node.type === 'string') see(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (child && typeof child === 'object') visit(child as Node, see);
  }
}
