import markdownIt from 'markdown-it';
import sanitize from 'sanitize-html';

// Markdown in, HTML out, twice on the safe side: the renderer knows no raw HTML, and what it renders passes a list of what is allowed.
const markdown = markdownIt({ html: false, linkify: true, typographer: false, maxNesting: 20 });
type Tokens = ReturnType<typeof markdown.parse>;

// A picture from elsewhere would tell its server who reads: it becomes a link that a reader may follow.
markdown.renderer.rules.image = (tokens, index) => {
  const image = tokens[index] as Tokens[number];
  const { escapeHtml } = markdown.utils;
  const address = String(image.attrGet('src') ?? '');
  return `<a href="${escapeHtml(address)}">${escapeHtml(image.content || address)}</a>`;
};

// The title of the article is the page's first heading; those inside stand below it.
const DEEPEST = 6;
for (const rule of ['heading_open', 'heading_close'] as const) {
  markdown.renderer.rules[rule] = (tokens, index) => {
    const { tag, nesting } = tokens[index] as Tokens[number];
    const name = `h${Math.min(Number(tag.slice(1)) + 1, DEEPEST)}`;
    return nesting > 0 ? `<${name}>` : `</${name}>\n`;
  };
}

const structure = ['h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'blockquote', 'ul', 'ol', 'li', 'pre'];
const tables = ['table', 'thead', 'tbody', 'tr', 'th', 'td'];
const words = ['a', 'em', 'strong', 's', 'code'];

// Elsewhere by its full address, or here by a path; what looks like neither is words.
const FOLLOWABLE = /^(https?:\/\/|mailto:|#|\/(?![/\\]))/i;
const linkOf = (href: string, title: string | undefined): sanitize.Attributes =>
  FOLLOWABLE.test(href) ? { href, ...(title && { title }), rel: 'noopener noreferrer nofollow' } : {};

const allowed: sanitize.IOptions = {
  allowedTags: [...structure, ...tables, ...words],
  allowedAttributes: { a: ['href', 'title', 'rel'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  transformTags: { a: (tagName, { href = '', title }) => ({ tagName, attribs: linkOf(href, title) }) },
  nestingLimit: 60,
};

/** Markdown as HTML that runs nothing and loads nothing: no scripts, handlers, styles, pictures or frames; links to http, https and mailto. */
export const htmlOf = (body: string): string => sanitize(markdown.render(body), allowed);

/** What Markdown says without its marks, for the search and its snippets. */
export const plainOf = (body: string): string =>
  saidBy(markdown.parse(body, {}))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim();

const saidBy = (tokens: Tokens): string => tokens.map(said).join('');

function said({ type, content, children, block, nesting }: Tokens[number]): string {
  if (children && type !== 'image') return `${saidBy(children)}\n`;
  if (type === 'softbreak' || type === 'hardbreak') return ' ';
  return content + (block && nesting <= 0 ? '\n' : '');
}
