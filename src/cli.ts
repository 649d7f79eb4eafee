#!/usr/bin/env node
// The command `groundswell`.
import { main } from './cli/main.ts';

await main(process.argv);
