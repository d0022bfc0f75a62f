/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Limits how many handshakes a server accepts in a given time. Time and random numbers are arguments; nothing here
 * reads a clock or draws a random number. This package imports nothing of the engine.
 * <p>
 * Begin with {@link io.caracal.engine.throttle.ConnectionThrottle}.
 */
package io.caracal.engine.throttle;
