// Escaping HTML templates: html`<p>${text}</p>` escapes every value that is not itself the result of html or raw.

/** A piece of HTML that needs no escaping. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | undefined | false | readonly Part[];

/** HTML with its values escaped; lists are joined, undefined and false vanish. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, i) => text + (i < parts.length ? render(parts[i]) : '')).join('') };
}

/** Text that is HTML already: only for what this project made itself. */
export function raw(text: string): Html {
  return { html: text };
}

/** A text with the characters that HTML reads replaced, for content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return 'html' in part ? part.html : part.map(render).join('');
}
