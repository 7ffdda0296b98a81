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
  { id: "samples.select", title: "Select this row", group: "Select and filter", keys: ["Space"] },
  { id: "samples.range", title: "Select from the row marked last to this one", group: "Select and filter", keys: ["Shift Space"] },
  { id: "samples.all", title: "Select all that match", group: "Select and filter", keys: ["Ctrl A"] },
  { id: "samples.none", title: "Select nothing", group: "Select and filter", keys: ["Ctrl Shift A"] },
  { id: "samples.exclude", title: "Exclude the selected in bulk…", group: "Decide", keys: ["Shift X"] },
  { id: "samples.tag", title: "Tag the selected…", group: "Decide", keys: ["Shift T"] },
  { id: "samples.route", title: "Route the selected to a person…", group: "Decide", keys: ["Shift R"] },
  { id: "samples.bulk.undo", title: "Take the last bulk act back", group: "Decide", keys: ["Ctrl Z"] },
  { id: "samples.bulk.redo", title: "Do the last bulk act again", group: "Decide", keys: ["Ctrl Shift Z"] },
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
