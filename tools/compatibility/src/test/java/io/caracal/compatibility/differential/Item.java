/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import java.util.ArrayList;
import java.util.List;

/** One thing that a client saw: a reply, a watch event or the end of a connection. */
record Item(String what, List<Value> values)
{
    static Item of(final String what)
    {
        return new Item(what, new ArrayList<>());
    }

    Item literal(final String name, final Object value)
    {
        values.add(new Value.Literal(name + "=" + value));
        return this;
    }

    Item zxid(final long zxid)
    {
        values.add(new Value.Zxid(zxid));
        return this;
    }

    Item session(final long id)
    {
        values.add(new Value.Session(id));
        return this;
    }

    Item stamp(final long zxid, final long timeMs)
    {
        values.add(new Value.Stamp(zxid, timeMs));
        return this;
    }

    @Override
    public String toString()
    {
        final StringBuilder text = new StringBuilder(what);
        values.forEach(value -> text.append(' ').append(value));
        return text.toString();
    }
}
