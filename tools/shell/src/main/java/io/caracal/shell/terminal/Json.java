/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** Builds one JSON object on one line. A field without a value is written as null. */
public final class Json
{
    private final JsonObject object = new JsonObject();

    /**
     * Adds a text.
     *
     * @param name  of the field.
     * @param value the text; null for none.
     * @return this.
     */
    public Json put(final String name, final String value)
    {
        return put(name, value == null ? JsonNull.INSTANCE : new JsonPrimitive(value));
    }

    /**
     * Adds an integer.
     *
     * @param name  of the field.
     * @param value the number.
     * @return this.
     */
    public Json put(final String name, final long value)
    {
        return put(name, new JsonPrimitive(value));
    }

    /**
     * Adds a floating-point number.
     *
     * @param name  of the field.
     * @param value a finite number.
     * @return this.
     */
    public Json put(final String name, final double value)
    {
        return put(name, new JsonPrimitive(value));
    }

    /**
     * Adds a boolean.
     *
     * @param name  of the field.
     * @param value true or false.
     * @return this.
     */
    public Json put(final String name, final boolean value)
    {
        return put(name, new JsonPrimitive(value));
    }

    /**
     * Adds a number that people write in hexadecimal: a zxid, session or digest.
     *
     * @param name  of the field.
     * @param value written as a text with 0x, because many JSON readers lose digits of numbers this large.
     * @return this.
     */
    public Json hex(final String name, final long value)
    {
        return put(name, "0x" + Long.toHexString(value));
    }

    /**
     * Adds an object.
     *
     * @param name  of the field.
     * @param value the object.
     * @return this.
     */
    public Json put(final String name, final Json value)
    {
        return put(name, value.object);
    }

    /**
     * Adds a list of texts.
     *
     * @param name   of the field.
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

    /** The object as one line. */
    @Override
    public String toString()
    {
        return object.toString();
    }
}
