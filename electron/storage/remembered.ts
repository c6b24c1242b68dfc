/**
 * Makes a parser that remembers the texts it parsed last. For what is read with every row of a run and hardly ever
 * changes: connections and settings. The values are shared, so they are frozen.
 * @param most how many texts are remembered
 */
export function remembering<T extends object>(
  parse: (text: string) => T,
  most: number,
): (text: string) => Readonly<T> {
  const known = new Map<string, Readonly<T>>();
  return (text) => {
    const found = known.get(text);
    if (found) return found;
    const made = Object.freeze(parse(text));
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
