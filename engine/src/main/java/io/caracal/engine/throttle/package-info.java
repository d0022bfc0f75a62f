/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How many handshakes a server takes on in a time. Time and chance are arguments; nothing here reads a clock or draws a
 * random number. This package imports nothing of the engine.
 */
package io.caracal.engine.throttle;
