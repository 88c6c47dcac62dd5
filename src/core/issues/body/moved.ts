import { DASHBOARD, type Marker, printMarker } from '../marker.ts'

/** The body of an issue that is closed because findings are told in the other way now. It remembers nothing: told here again, all is new. */
export function printMoved(marker: Marker): string {
  const where =
    marker.id === DASHBOARD ? 'Each finding has an issue of its own now.' : 'All findings are in one issue now.'
  return `${printMarker({ ...marker, level: 'ok', hash: '0'.repeat(16), cut: 0 })}\n${where}\n`
}
