/** Analysis off the page's thread. The library and the language model are loaded with the first story. */
import type { Answer, Request } from './protocol.js'

/** Answers a request, with progress on the way. */
export async function answer({ run, source, useCast, corrections }: Request, post: (answer: Answer) => void): Promise<void> {
  try {
    post({ run, stage: 'language model', done: 0 })
    const [{ analyze }, { readStory, toOptions }] = await Promise.all([
      import('../src/analyze.js'),
      import('../src/read/index.js'),
    ])
    post({ run, stage: 'reading', done: 0.05 })
    const started = performance.now()
    const file = readStory(source.content, { name: source.name })
    const onProgress = ({ stage, done }: { stage: string; done: number }) => post({ run, stage, done: 0.05 + 0.95 * done })
    const story = analyze(file.text, { ...toOptions(file, { useCast }), ...corrections, onProgress })
    post({ run, story, milliseconds: performance.now() - started })
  } catch (error) {
    post({ run, error: error instanceof Error ? error.message : String(error) })
  }
}
