/// What every test needs: matchers, and a page cleaned between tests.
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Busy machines paint late; what never comes still fails.
configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);
