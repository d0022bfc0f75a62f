/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.html;

import java.util.List;

/** Maps the values of one axis to places between 0, its beginning, and 1, its end. */
interface Scale
{
    /**
     * A mark on the axis.
     *
     * @param value where the mark is.
     * @param label text of the mark.
     */
    record Tick(double value, String label)
    {
    }

    /** Returns the place of a value; outside of 0 to 1 when it is beyond the axis. */
    double place(double value);

    /** Returns the marks, from the beginning to the end. */
    List<Tick> ticks();
}
