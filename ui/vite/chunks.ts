// How the page is cut. What the frame needs is one chunk and what the first screen needs beyond it another, since every
// chunk is a question more to the shell before anything can be painted; the rest is cut by what is opened. A chunk that
// every start asks for by running code is named in the page, so that it comes together with the page's own.
import type { Plugin } from 'vite';

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/** Keeps in one chunk what a module needs without anything being opened; the groups that stand before take their own. */
export function together(name: string, root: string) {
  const reached = new Set<string>();
  const reach = (id: string, graph: Graph) => {
    const info = reached.has(id) ? null : graph.getModuleInfo(id);
    if (!info) return;
    reached.add(id);
    for (const next of info.importedIds) reach(next, graph);
  };
  const nameOf = (id: string, graph: Graph) => {
    reach(root, graph);
    return reached.has(id) ? name : null;
  };
  return { name: nameOf, debugName: name };
}

const link = (attrs: Record<string, string>) => ({ tag: 'link', attrs: { ...attrs, crossorigin: true }, injectTo: 'head' as const });

/** Names in the page the chunks that are made of these modules, and their styles. */
export function fetchAhead(modules: readonly string[]): Plugin {
  return {
    name: 'shukebu-fetch-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((part) => part.type === 'chunk');
        return modules.flatMap((module) => {
          const chunk = chunks.find((one) => one.moduleIds.includes(module));
          if (!chunk) throw new Error(`no chunk is made of ${module}`);
          const styles = [...(chunk.viteMetadata?.importedCss ?? [])];
          return [link({ rel: 'modulepreload', href: `/${chunk.fileName}` }), ...styles.map((style) => link({ rel: 'stylesheet', href: `/${style}` }))];
        });
      },
    },
  };
}
