/** What is a new ledger entry called? A UUIDv7 made in the window, so that a save can be repeated without being doubled. */

/** RFC 9562, version 7: 48 bits of milliseconds, then random bits. */
export function newEntryId(milliseconds: number = Date.now(), random: Uint8Array = crypto.getRandomValues(new Uint8Array(10))): string {
  const time = milliseconds.toString(16).padStart(12, '0').slice(-12);
  const hex = (from: number, to: number) => Array.from(random.slice(from, to), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const version = (0x70 | ((random[0] ?? 0) & 0x0f)).toString(16);
  const variant = (0x80 | ((random[2] ?? 0) & 0x3f)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}${hex(1, 2)}-${variant}${hex(3, 4)}-${hex(4, 10)}`;
}
