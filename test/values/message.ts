// The message of an input error that a promise must end with.
import { GroundswellError } from '../../src/errors.ts';

export async function messageOfAsync(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (error instanceof GroundswellError && error.kind === 'input') return error.message;
    throw error;
  }
  throw new Error('no error was thrown');
}
