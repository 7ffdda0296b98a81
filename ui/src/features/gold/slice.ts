/// A cell of domain and language, in words.
import { languageName, sentence, words } from "@/lib/format";

export function sliceWords({ domain, language }: { domain: string; language: string }): string {
  return `${domain === "" ? "No domain" : sentence(words(domain))}, ${language === "" ? "no language" : languageName(language)}`;
}
