import { defineConfig } from 'vitest/config'

/** Tests that drive a real Chromium (CHROMIUM names it, else /usr/bin/chromium). */
export default defineConfig({
  test: { include: ['test/browser/**/*.browser.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false },
})
