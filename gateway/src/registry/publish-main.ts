import { publishCommand } from './publish-command.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const { code, lines } = await publishCommand(process.argv.slice(2), say);
(code === 0 ? process.stdout : process.stderr).write(`${lines.join('\n')}\n`);
process.exitCode = code;
