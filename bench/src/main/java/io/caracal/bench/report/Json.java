/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Writes JSON of maps, collections, numbers, booleans and strings, and reads JSON objects, as the reports need it. */
public final class Json
{
    private static final int DECIMALS = 4;

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping()
        .registerTypeAdapter(Double.class, (JsonSerializer<Double>)(value, type, context) -> Double.isFinite(value) ?
            new JsonPrimitive(BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN)) :
            JsonNull.INSTANCE)
        .create();

    private Json()
    {
    }

    /**
     * Formats one value. Doubles have four decimals; those that are not finite become null.
     *
     * @param value a map with string keys, a collection, a number, a boolean, a string or null.
     * @return the text, with a line break at its end.
     */
    public static String write(final Object value)
    {
        return GSON.toJson(value) + "\n";
    }

    /**
     * Reads a file that holds one object.
     *
     * @param file to read.
     * @return the object.
     * @throws IOException              when the file cannot be read.
     * @throws IllegalArgumentException when the file does not exist, is a directory, is empty, is not JSON, or is not
     *                                  an object.
     */
    public static JsonObject read(final Path file) throws IOException
    {
        if (Files.isDirectory(file))
        {
            throw new IllegalArgumentException(file + " is a directory");
        }

        try
        {
            final JsonObject object = GSON.fromJson(Files.readString(file), JsonObject.class);
            if (object == null)
            {
                throw new IllegalArgumentException(file + " is empty");
            }

            return object;
        }
        catch (final NoSuchFileException ex)
        {
            throw new IllegalArgumentException("there is no file " + file, ex);
        }
        catch (final CharacterCodingException ex)
        {
            throw new IllegalArgumentException(file + " is not a report of caracal bench: it is no text", ex);
        }
        catch (final JsonParseException ex)
        {
            throw new IllegalArgumentException(file + " is not a report of caracal bench: " + ex.getMessage(), ex);
        }
    }
}
