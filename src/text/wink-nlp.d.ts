/** Parts of wink-nlp that its types leave out: the tokeniser alone, which takes any receiver of tokens. As of the pinned version. */
declare module 'wink-nlp/src/compile-trex.js' {
  /** Compiles the regular expressions of a model. */
  export default function compileRules(rules: unknown): unknown
}

declare module 'wink-nlp/src/tokenizer.js' {
  /** What the tokeniser calls for each token, and asks about words. */
  export interface TokenReceiver {
    _addToken(text: string, category: number): void
    /** 0 when the word is not known; then nothing was added. */
    _addTokenIfInCache(text: string): number
    isLexeme(text: string): boolean
  }
  export default function makeTokenizer(
    rules: unknown,
    categories: Record<string, number>,
    preserve: unknown,
  ): (receiver: TokenReceiver, text: string) => void
}
