/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

/** The source of a value; an earlier constant wins over a later one. */
public enum Origin
{
    /** A {@code key=value} argument, or a setter of the embedding API. */
    ARGUMENT,
    /** A line of zoo.cfg. */
    FILE,
    /** A {@code -D} property of the JVM. */
    SYSTEM_PROPERTY,
    /** The default, because the key is not set. */
    DEFAULT
}
