import java.nio.file.Path;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/** Neo4jServer HOME PASSWORD: starts Neo4j in a folder with Bolt and a password, prints "port N", stops when its input ends. */
public class Neo4jServer {
  public static void main(String[] arguments) throws Exception {
    DatabaseManagementService service =
        new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", 0))
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            .setConfig(GraphDatabaseSettings.load_csv_file_url_root, Path.of(arguments[0], "import").toAbsolutePath())
            .setConfig(GraphDatabaseSettings.pagecache_memory, 64L << 20)
            .build();
    GraphDatabaseService system = service.database("system");
    try (Transaction transaction = system.beginTx()) {
      transaction.execute("ALTER USER neo4j SET PLAINTEXT PASSWORD '" + arguments[1] + "' CHANGE NOT REQUIRED");
      transaction.commit();
    }
    ConnectorPortRegister ports =
        ((GraphDatabaseAPI) system).getDependencyResolver().resolveDependency(ConnectorPortRegister.class);
    System.out.println("port " + ports.getLocalAddress(ConnectorType.BOLT).getPort());
    System.in.read();
    // The database is thrown away; an orderly shutdown takes ten seconds.
    Runtime.getRuntime().halt(0);
  }
}
