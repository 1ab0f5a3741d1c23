// @ts-check
import { definePlugin } from "moltbot/plugin";

export default definePlugin({
  tools: {
    slug: ({ title }) =>
      title
        .normalize("NFKD")
        .replace(/\p{M}/gu, "")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, ""),
    count: ({ text }) => ({
      words: text.split(/\s+/).filter(Boolean).length,
      lines: text === "" ? 0 : text.split("\n").length,
      characters: [...text].length,
    }),
  },
});
