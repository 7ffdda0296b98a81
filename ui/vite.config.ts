/// The build: one page, relative addresses, nothing inline, so that it runs under a policy without
/// `unsafe-inline` and `unsafe-eval`. `--mode mock` swaps the bridge to Rust for a backend in the page.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [react()],
  // Elements are made by way of our own runtime, which spells out what would deceive in their attributes. Not said to the
  // plugin, which would take the runtime for a package and bundle it beforehand.
  oxc: { jsx: { importSource: "@/lib/jsx" } },
  clearScreen: false,
  resolve: {
    alias: {
      "@/ipc/bridge": mode === "production" || mode === "development" ? "/src/ipc/bridge.ts" : "/src/ipc/mock/bridge.ts",
      "@": "/src",
    },
  },
  server: { port: 5173, strictPort: true },
  build: {
    target: "safari17",
    outDir: "dist",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  css: { modules: { localsConvention: "camelCaseOnly", generateScopedName: "[name]_[local]_[hash:base64:4]" } },
  test: { environment: "jsdom", testTimeout: 60_000, include: ["src/**/*.test.{ts,tsx}"], setupFiles: ["src/lib/test_setup.ts"], css: { modules: { classNameStrategy: "non-scoped" } } },
}));
