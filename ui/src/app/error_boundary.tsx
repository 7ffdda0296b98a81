/// The last resort: a view that fails while drawing says so and leaves the rest of the window alone.
import { Component, type ReactNode } from "react";
import { Faulted } from "@/components/states";

interface Props {
  doing: string;
  children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { cause: unknown }> {
  override state: { cause: unknown } = { cause: null };

  static getDerivedStateFromError(cause: unknown) {
    return { cause };
  }

  override render() {
    if (this.state.cause === null) return this.props.children;
    return <Faulted doing={this.props.doing} cause={this.state.cause} safe="Nothing that was saved is affected." onRetry={() => this.setState({ cause: null })} />;
  }
}
