/** Closes what is open when its scope ends. */
export function closing(open: readonly { close(): void }[]): Disposable {
  return {
    [Symbol.dispose]: () => {
      for (const one of open) one.close();
    },
  };
}
