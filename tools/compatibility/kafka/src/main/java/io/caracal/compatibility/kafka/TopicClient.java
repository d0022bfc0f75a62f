/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Main class: creates a topic, or finds it after a restart, then produces and consumes. Prints "passed ..." on success.
 */
public final class TopicClient
{
    private static final String TOPIC = "letters";
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 100;
    private static final long TIMEOUT_S = 60;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private TopicClient()
    {
    }

    /**
     * Runs one phase.
     *
     * @param arguments bootstrap address; "first" or "second"
     * @throws Exception when anything is not as it should be
     */
    public static void main(final String[] arguments) throws Exception
    {
        final String bootstrap = arguments[0];
        final boolean first = arguments[1].equals("first");

        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap)))
        {
            if (first)
            {
                admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short)1))).all().get(TIMEOUT_S,
                    TimeUnit.SECONDS);
                System.out.println("passed create");
            }

            final int partitions = partitions(admin);
            check(partitions == PARTITIONS, "partitions " + partitions);
            System.out.println("passed describe");
        }

        produce(bootstrap, first ? 0 : RECORDS);
        System.out.println("passed produce");
        consume(bootstrap, first ? RECORDS : 2 * RECORDS);
        System.out.println("passed consume");
    }

    /**
     * Asks repeatedly: the broker may not yet know what its controller has just created, and then answers that the
     * client may retry.
     */
    private static int partitions(final Admin admin) throws Exception
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        while (true)
        {
            try
            {
                return admin.describeTopics(List.of(TOPIC)).allTopicNames().get(TIMEOUT_S, TimeUnit.SECONDS).get(TOPIC)
                    .partitions().size();
            }
            catch (final ExecutionException ex)
            {
                if (!(ex.getCause() instanceof RetriableException) || System.nanoTime() - deadlineNs > 0)
                {
                    throw ex;
                }
                LockSupport.parkNanos(POLL_NS);
            }
        }
    }

    private static void produce(final String bootstrap, final int from) throws Exception
    {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ProducerConfig.ACKS_CONFIG, "all"),
            new StringSerializer(), new StringSerializer()))
        {
            for (int i = from; i < from + RECORDS; i++)
            {
                producer.send(new ProducerRecord<>(TOPIC, i % PARTITIONS, "k" + i, "v" + i)).get(TIMEOUT_S,
                    TimeUnit.SECONDS);
            }
        }
    }

    private static void consume(final String bootstrap, final int expected)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        final List<String> seen = new ArrayList<>();

        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"), new StringDeserializer(), new StringDeserializer()))
        {
            final List<TopicPartition> partitions = new ArrayList<>();

            for (int i = 0; i < PARTITIONS; i++)
            {
                partitions.add(new TopicPartition(TOPIC, i));
            }

            consumer.assign(partitions);

            while (seen.size() < expected)
            {
                check(System.nanoTime() - deadlineNs < 0, "only " + seen.size() + " records of " + expected);

                for (final ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200)))
                {
                    seen.add(record.value());
                }
            }
        }

        check(seen.stream().distinct().count() == expected, "double records");
    }

    private static void check(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new IllegalStateException(message);
        }
    }
}
