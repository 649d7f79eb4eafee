// How a command that does not throw tells its exit status.
export type SetStatus = (status: number) => void;
