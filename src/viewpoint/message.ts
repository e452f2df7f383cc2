/** Messages: runs of chat lines and text messages, and the heads of e-mails. */

/** "Mina 19:02", "[7:05 pm] Luce", "Unknown number, 08:52": who wrote and when, on a line of its own or before the words. */
const stamp =
  /^[[(]?(?:\p{L}[^\n:]{0,38}?[\s,|([–—-]+\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?[\])]?\s*(?:\n|$)|\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?[\])]?\s*[–—-]?\s*\p{L}[^\n:.!?]{0,30}:)/iu

/** True for a paragraph that looks like one message with its hour. Only its first characters are looked at. */
export const isStamped = (head: string): boolean => stamp.test(head)

/** A paragraph of so few characters, no sentence, that stands over messages is their title. */
const longestTitle = 60
/** So many messages in a row are a chat; one by itself is not. */
const fewestMessages = 3

/** Per paragraph: 1 within a run of stamped messages, its title included. `headOf` gives a paragraph’s text, shortened. */
export function findMessages(count: number, headOf: (paragraph: number) => string | null): Uint8Array {
  const isMessage = new Uint8Array(count)
  let run = 0
  for (let p = 0; p <= count; p++) {
    const head = p < count ? headOf(p) : null
    if (head !== null && isStamped(head)) {
      run++
      continue
    }
    if (run >= fewestMessages) {
      isMessage.fill(1, p - run, p)
      const over = p - run > 0 ? headOf(p - run - 1) : null
      if (over !== null && over.length <= longestTitle && !/[.!?…"”’]$/.test(over)) isMessage[p - run - 1] = 1
    }
    run = 0
  }
  return isMessage
}

const mailField = /^(?:from|to|cc|subject|re|sent|date)\s*:\s*(.*)$/i
/** Lines of "From:", "Subject:" and the like that make the head of a mail. */
const fewestFields = 2

/** The head of a mail: who sent it, `null` where it does not say; `null` for any other paragraph. */
export function readMailHead(paragraph: string): { sender: string | null } | null {
  if (!/^(?:from|to|subject|sent|date)\s*:/i.test(paragraph)) return null
  const fields = paragraph.split('\n').filter((line) => mailField.test(line.trim()))
  if (fields.length < fewestFields) return null
  const from = fields.find((line) => /^from\s*:/i.test(line.trim()))
  const sender =
    from === undefined
      ? ''
      : from
          .replace(/^[^:]*:/, '')
          .replace(/<[^>]*>|\([^)]*\)|["“”]/g, '')
          .trim()
  return { sender: /^\p{L}/u.test(sender) && !sender.includes('@') ? sender : null }
}
