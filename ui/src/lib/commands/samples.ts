/// Commands of Samples, Fields and Indexing.
export const samples = [
  { id: "samples.next", title: "Next sample", group: "Move", keys: ["J"] },
  { id: "samples.previous", title: "Previous sample", group: "Move", keys: ["K"] },
  { id: "samples.row", title: "Go to row…", group: "Move", keys: ["Ctrl G"] },
  { id: "samples.find", title: "Find in text", group: "Look", keys: ["/"] },
  { id: "samples.duplicates", title: "Near-duplicates of this sample", group: "Look", keys: ["D"] },
  { id: "samples.detail", title: "Close the detail", group: "Look", keys: ["Esc"] },
  { id: "samples.columns", title: "Columns…", group: "Look", keys: ["C"] },
  { id: "samples.larger", title: "Larger text", group: "Look", keys: ["+"] },
  { id: "samples.smaller", title: "Smaller text", group: "Look", keys: ["−"] },
  { id: "samples.add", title: "Add a condition", group: "Select and filter", keys: ["F"] },
  { id: "samples.text", title: "Filter as text", group: "Select and filter", keys: ["T"] },
  { id: "samples.undo", title: "Undo the filter", group: "Select and filter", keys: ["["] },
  { id: "samples.redo", title: "Redo the filter", group: "Select and filter", keys: ["]"] },
  { id: "samples.clear", title: "Clear the filter", group: "Select and filter", keys: [] },
  { id: "samples.queue", title: "Make a queue from these", group: "Decide", keys: ["Q"] },
];

export const fields = [
  { id: "fields.next", title: "Next field", group: "Move", keys: ["J"] },
  { id: "fields.previous", title: "Previous field", group: "Move", keys: ["K"] },
  { id: "fields.change", title: "Change what the field becomes", group: "Decide", keys: ["Enter"] },
  { id: "fields.record.next", title: "Next record", group: "Move", keys: ["]"] },
  { id: "fields.record.previous", title: "Previous record", group: "Move", keys: ["["] },
  { id: "fields.shape.next", title: "Next record shape", group: "Move", keys: ["Shift J"] },
  { id: "fields.shape.previous", title: "Previous record shape", group: "Move", keys: ["Shift K"] },
  { id: "fields.up", title: "Part earlier in reading order", group: "Decide", keys: ["Alt ↑"] },
  { id: "fields.down", title: "Part later in reading order", group: "Decide", keys: ["Alt ↓"] },
  { id: "fields.toml", title: "Show as TOML", group: "Look", keys: ["T"] },
  { id: "fields.index", title: "Index with this map", group: "Decide", keys: ["Ctrl Enter"] },
];

export const indexing = [
  { id: "indexing.stop", title: "Stop, keep the previous snapshot", group: "Decide", keys: [] },
];
