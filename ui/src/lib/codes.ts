/// Codes of quarantine, refusal and flags as people say them.
import { sentence, words } from "./format";

const SAID: Record<string, string> = {
  invalid_json: "Not valid JSON", cut_off: "Record cut off", not_an_object: "Not an object", invalid_utf8: "Not valid UTF-8", nested_too_deep: "Nested too deep", line_too_long: "Line too long",
  unclosed_quote: "Quote never closed", ragged_row: "More cells than the header", nul_byte: "NUL byte in text", no_text: "No text", text_not_text: "Text field holds no text", duplicate_key: "Same key twice",
  not_a_number: "NaN or infinity, read as null", number_out_of_range: "Number out of range", lone_surrogate: "Half of a UTF-16 pair", nul_character: "NUL character in text", short_row: "Fewer cells than the header",
  stream_cut_off: "Stream ends early", trailing_garbage: "Bytes after the end", several_members: "Several gzip members", git_lfs_pointer: "Git LFS pointer",
};

export function codeWords(code: string): string {
  return SAID[code] ?? sentence(words(code));
}
