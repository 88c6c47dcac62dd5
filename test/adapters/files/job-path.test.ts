import { describe, expect, it } from 'vitest'
import { type JobPlace, readJobPath } from '../../../src/adapters/files/job-path.ts'
import { refusal } from '../../core/dotenv/reading.ts'

const linux: JobPlace = { roots: ['/r/_temp', '/w/repo'], cwd: '/w/repo/sub', platform: 'linux' }
const windows: JobPlace = { roots: ['D:\\a\\_temp', 'D:\\a\\repo'], cwd: 'D:\\a\\repo', platform: 'win32' }

describe('a path of a job', () => {
  it.each([
    ['a.env', '/w/repo', ['sub', 'a.env']],
    ['./x/.//a.env', '/w/repo', ['sub', 'x', 'a.env']],
    ['/r/_temp/a.env', '/r/_temp', ['a.env']],
    ['/w/repo/a b:c\\d.env', '/w/repo', ['a b:c\\d.env']],
    ['..a/b..', '/w/repo', ['sub', '..a', 'b..']],
    ['.gitignore', '/w/repo', ['sub', '.gitignore']],
    ['git~1', '/w/repo', ['sub', 'git~1']],
  ])('%s on Linux', (path, root, parts) => {
    expect(readJobPath(path, linux)).toEqual({ root, parts })
  })

  it.each([
    ['a.env', 'D:\\a\\repo', ['a.env']],
    ['x/y\\a.env', 'D:\\a\\repo', ['x', 'y', 'a.env']],
    ['d:/A/_TEMP/a.env', 'D:\\a\\_temp', ['a.env']],
    ['console.env', 'D:\\a\\repo', ['console.env']],
  ])('%s on Windows', (path, root, parts) => {
    expect(readJobPath(path, windows)).toEqual({ root, parts })
  })

  it.each([
    ['', '1 to 4096 characters'],
    ['a'.repeat(4097), '1 to 4096 characters'],
    ['a\0b', 'control character'],
    ['a\nb', 'control character'],
    ['../a.env', 'has ..'],
    ['x/../a.env', 'has ..'],
    ['/r/_temp/../_temp/a.env', 'has ..'],
    ['x/', 'ends with a folder'],
    ['x/.', 'ends with a folder'],
    ['.', 'ends with a folder'],
    ['/r/_temp', 'outside'],
    ['/r/_temporary/a.env', 'outside'],
    ['/etc/passwd', 'outside'],
    ['~/a.env/../../..', 'has ..'],
    ['.git/hooks/pre-commit', 'belongs to git'],
    ['x/.GIT/config', 'belongs to git'],
    ['.g\u200cit/config', 'belongs to git'],
    ['.git', 'belongs to git'],
    ['/r/_temp/_runner_file_commands/set_env_x', 'belongs to git'],
    ['/r/_temp/_github_workflow/event.json', 'belongs to git'],
  ])('%j is refused on Linux: %s', (path, message) => {
    const error = refusal(() => readJobPath(path, linux))
    expect(error).toMatchObject({ code: 'usage', file: path, message: expect.stringContaining(message) })
  })

  it.each([
    ['\\\\server\\share\\a.env', 'begins with a separator'],
    ['//server/share/a.env', 'begins with a separator'],
    ['\\\\?\\D:\\a\\repo\\a.env', 'begins with a separator'],
    ['\\\\.\\pipe\\x', 'begins with a separator'],
    ['\\a\\repo\\a.env', 'begins with a separator'],
    ['D:a.env', 'colon'],
    ['D:\\a\\repo\\a.env:stream', 'colon'],
    ['a.env::$DATA', 'colon'],
    ['a.env.', 'dot or a blank'],
    ['a.env ', 'dot or a blank'],
    ['.. /a.env', 'dot or a blank'],
    ['x\\..\\a.env', 'has ..'],
    ['.git.\\config', 'dot or a blank'],
    ['GIT~1\\config', 'belongs to git'],
    ['D:\\a\\_temp\\_RUNNE~1\\set_env', 'belongs to git'],
    ['CON', 'device'],
    ['x\\nul.env', 'device'],
    ['COM1', 'device'],
    ['lpt\u00b2.txt', 'device'],
    ['a?b', 'does not take'],
    ['C:\\a\\repo\\a.env', 'outside'],
    ['D:\\a\\other\\a.env', 'outside'],
    ['x\\', 'ends with a folder'],
  ])('%j is refused on Windows: %s', (path, message) => {
    expect(refusal(() => readJobPath(path, windows)).message).toContain(message)
  })

  it('is refused where no root is', () => {
    expect(refusal(() => readJobPath('a', { ...linux, roots: [] })).code).toBe('usage')
  })
})
