/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The whole server as a pure state machine: bytes in, bytes out. It reads no clock, no randomness, no property and no
 * file. Whatever it needs of the world, it asks for through {@link io.caracal.engine.port}. It depends on Agrona only.
 * <p>
 * Begin with {@link io.caracal.engine.node.NodeAgent}, whose duty cycle is the table of contents, and
 * {@code engine/docs/map.md}.
 */
package io.caracal.engine;
