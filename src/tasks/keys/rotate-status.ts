import type { Rotation } from '../../core/rotation/state.ts'
import { loadRotation, type StateWorld } from '../steps/rotation/state-file.ts'

/** @returns the last rotation of a key that this clone knows of, or null. Needs no key, and changes nothing */
export function rotationStatus(world: StateWorld): Promise<Rotation | null> {
  return loadRotation(world)
}
