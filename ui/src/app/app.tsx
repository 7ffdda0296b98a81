/// What surrounds every view: the query cache, the session, the place, the last resort for faults.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { I18nProvider } from "react-aria-components";
import { OriginPatterns } from "@/components/origin_glyph";
import { CallFault } from "@/ipc";
import { ErrorBoundary } from "./error_boundary";
import { NavigationProvider } from "./navigation_provider";
import { SessionProvider } from "./session_provider";
import { Shell } from "./shell";

const client = new QueryClient({
  defaultOptions: {
    queries: { retry: (times, cause) => !(cause instanceof CallFault) && times < 1, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY, networkMode: "always" },
    mutations: { networkMode: "always" },
  },
});

export function App() {
  return (
    <ErrorBoundary doing="Showing the window">
      <I18nProvider locale="en">
        <QueryClientProvider client={client}>
          <OriginPatterns />
          <SessionProvider>
            <NavigationProvider>
              <Shell />
            </NavigationProvider>
          </SessionProvider>
        </QueryClientProvider>
      </I18nProvider>
    </ErrorBoundary>
  );
}
