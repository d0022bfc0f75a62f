/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro;

import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.RequestDecoder;

import java.util.concurrent.TimeUnit;

import org.agrona.concurrent.UnsafeBuffer;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures decoding the body of each request of the client protocol, with the checks that make it safe to read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodingBenchmark
{
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[4096]);

    /** Request whose body is decoded. */
    @Param
    private RequestRecord record;

    private RequestDecoder decoder;
    private int length;

    /** Writes the body and checks that it decodes. */
    @Setup(Level.Trial)
    public void encode()
    {
        final JuteWriter writer = new JuteWriter();
        writer.wrap(body, 0);
        record.write(writer);
        length = writer.position();
        decoder = record.decoder();
        decoder.elementLengthMax(body.capacity());
        if (!decoder.wrap(body, 0, length) || decoder.encodedLength() != length)
        {
            throw new IllegalStateException(record + " does not decode");
        }
    }

    /**
     * Decodes the whole body.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public boolean decode()
    {
        return decoder.wrap(body, 0, length);
    }
}
