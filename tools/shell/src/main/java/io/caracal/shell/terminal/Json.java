/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** Builds one JSON object on one line; fields that hold nothing are there as null. */
public final class Json
{
    private final JsonObject object = new JsonObject();

    /**
     * A field.
     *
     * @param name  of it.
     * @param value a text, null for none.
     * @return this.
     */
    public Json put(final String name, final String value)
    {
        return put(name, value == null ? JsonNull.INSTANCE : new JsonPrimitive(value));
    }

    /**
     * A field.
     *
     * @param name  of it.
     * @param value a number.
     * @return this.
     */
    public Json put(final String name, final long value)
    {
        return put(name, new JsonPrimitive(value));
    }

    /**
     * A field.
     *
     * @param name  of it.
     * @param value a finite number.
     * @return this.
     */
    public Json put(final String name, final double value)
    {
        return put(name, new JsonPrimitive(value));
    }

    /**
     * A field.
     *
     * @param name  of it.
     * @param value true or false.
     * @return this.
     */
    public Json put(final String name, final boolean value)
    {
        return put(name, new JsonPrimitive(value));
    }

    /**
     * A field that holds a number as people write it: zxids, sessions, digests.
     *
     * @param name  of it.
     * @param value written with 0x, as a text: JSON's own numbers lose digits of it.
     * @return this.
     */
    public Json hex(final String name, final long value)
    {
        return put(name, "0x" + Long.toHexString(value));
    }

    /**
     * A field that holds an object.
     *
     * @param name  of it.
     * @param value the object.
     * @return this.
     */
    public Json put(final String name, final Json value)
    {
        return put(name, value.object);
    }

    /**
     * A field that holds a list of texts.
     *
     * @param name   of it.
     * @param values its elements.
     * @return this.
     */
    public Json put(final String name, final Iterable<String> values)
    {
        final JsonArray list = new JsonArray();
        values.forEach(list::add);

        return put(name, list);
    }

    private Json put(final String name, final JsonElement value)
    {
        object.add(name, value);

        return this;
    }

    /** The object. */
    @Override
    public String toString()
    {
        return object.toString();
    }
}
