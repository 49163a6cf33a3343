import java.nio.file.Path;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Runs Neo4j in this process until it is ended, or until the process that wanted it is gone. */
public final class Server {
    /** Takes the home folder, which holds `neo4j.conf`, and the id of the process to live with. */
    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        ProcessHandle wanted = ProcessHandle.of(Long.parseLong(arguments[1])).orElseThrow();
        var service = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(home.resolve("neo4j.conf"))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        wanted.onExit().join();
        System.exit(0);
    }
}
