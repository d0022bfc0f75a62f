/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro;

import java.util.List;
import java.util.concurrent.Callable;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code caracal bench micro}: runs the JMH benchmarks under the collector that servers use, and reports the garbage of
 * each operation as well.
 */
@Command(name = "micro", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs JMH benchmarks of single parts.")
public final class MicroCommand implements Callable<Integer>
{
    @Parameters(arity = "0..1", defaultValue = "io.caracal.bench.micro",
        description = "Regular expression over class and method names (default all).")
    private String pattern;

    @Option(names = "--quick", description = "One fork and short iterations: an impression, no figure to quote.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "JMH's own JSON.")
    private String json;

    @Override
    public Integer call() throws Exception
    {
        requireMatch();
        final ChainedOptionsBuilder options = new OptionsBuilder().include(pattern).addProfiler(GCProfiler.class)
            .shouldFailOnError(true).jvmArgsAppend("-Dlogback.configurationFile=io/caracal/bench/micro/logback.xml",
                "-XX:+UseSerialGC");
        if (quick)
        {
            options.forks(1).warmupIterations(2).warmupTime(TimeValue.milliseconds(500)).measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(500));
        }
        if (json != null)
        {
            options.resultFormat(ResultFormatType.JSON).result(json);
        }
        return new Runner(options.build()).run().isEmpty() ? 1 : 0;
    }

    /** JMH would look for matches only while no other run on this machine holds its lock. */
    private void requireMatch()
    {
        final OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        if (BenchmarkList.defaultList().find(silent, List.of(pattern), List.of()).isEmpty())
        {
            throw new IllegalArgumentException("no benchmark matches '" + pattern + "'");
        }
    }
}
