// What a process and its children did to files, as strace saw it: which paths they opened to write, made, renamed, changed or removed.
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CALLS = "open,openat,openat2,creat,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,truncate,link,linkat,symlink,symlinkat,chmod,fchmodat,chown,lchown,fchownat,utimensat,utime,utimes,mknod,mknodat,setxattr,lsetxattr,removexattr,lremovexattr";

/** Why nothing can be traced here; none where it can. */
export function untraceable() {
  const tried = spawnSync("strace", ["-f", "-o", "/dev/null", "true"]);
  if (tried.error) return "strace is not installed";
  return tried.status === 0 ? null : "processes may not be traced here";
}

/** A script that runs the binary under strace, for the driver to start in its place. Paths are written as hexadecimal bytes: a file's name may be anything. */
export function tracedBinary(folder, binary, log) {
  const script = join(folder, "traced");
  writeFileSync(script, `#!/bin/sh\nexec strace -f -qq -y -s 4096 -xx -e trace=${CALLS} -o '${log}' '${binary}' "$@"\n`);
  chmodSync(script, 0o700);
  return script;
}

const bytes = (quoted) => Buffer.from(quoted.replaceAll("\\x", ""), "hex").toString("latin1");

/** The whole paths that a call names: a relative one lies below the descriptor before it. */
function pathsOf(rest) {
  let folder = "";
  const found = [];
  for (const [, descriptor, path] of rest.matchAll(/(?:AT_FDCWD|\b\d+)<([^>]*)>|"((?:\\x[0-9a-f]{2})*)"/g)) {
    if (descriptor !== undefined) folder = descriptor.includes("\\x") ? bytes(descriptor) : descriptor;
    else found.push(bytes(path).startsWith("/") ? bytes(path) : `${folder}/${bytes(path)}`);
  }
  return found;
}

/** Every call that would change something, with the paths it names, a byte a character. */
export function changes(log) {
  return readFileSync(log, "latin1").split("\n").flatMap((line) => {
    const [, call, rest] = /^\d+\s+(\w+)\((.*)/.exec(line) ?? [];
    if (!call || (/^open/.test(call) && !/O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE/.test(rest))) return [];
    return [{ call, paths: pathsOf(rest) }];
  });
}

/** Every file that was opened, to read or to write. */
export function opened(log) {
  return readFileSync(log, "latin1").split("\n").flatMap((line) => (/^\d+\s+open/.test(line) ? pathsOf(line) : []));
}

/** Those of the changes that touch this folder or what is in it. */
export function touching(found, folder) {
  const root = Buffer.from(folder).toString("latin1");
  return found.filter(({ paths }) => paths.some((path) => path === root || path.startsWith(`${root}/`)));
}
