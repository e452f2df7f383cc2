/** The corpus stories, each loaded when chosen. The page's build puts them in. */
export const stories: Readonly<Record<string, () => Promise<{ readonly default: string }>>> = {}
