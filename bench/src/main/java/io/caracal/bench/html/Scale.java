/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import java.util.List;

/** Places the values of one axis between 0, its beginning, and 1, its end. */
interface Scale
{
    /**
     * A mark on the axis.
     *
     * @param value where.
     * @param label for people.
     */
    record Tick(double value, String label)
    {
    }

    /** Where a value lies; outside of 0 to 1 when it is beyond the axis. */
    double place(double value);

    /** Marks, from the beginning to the end. */
    List<Tick> ticks();
}
