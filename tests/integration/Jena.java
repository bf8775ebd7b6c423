import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.atlas.json.JSON;
import org.apache.jena.atlas.json.JsonArray;
import org.apache.jena.atlas.json.JsonNull;
import org.apache.jena.atlas.json.JsonString;
import org.apache.jena.atlas.web.AuthScheme;
import org.apache.jena.fuseki.auth.Auth;
import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.fuseki.server.DataService;
import org.apache.jena.fuseki.server.Operation;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.ErrorHandler;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.ValidationReport;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.GraphView;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.QueryExecBuilder;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.util.NodeFactoryExtra;

/**
 * Jena PASSWORDS: Fuseki with the datasets /open and /locked, then one command a line on standard input, one JSON answer a line.
 *
 * <pre>
 * read FILE NQUADS    what riot --validate finds, and the quads that it read, written as N-Quads
 * ask DATA QUERY BINDINGS    rows of a query over the union of all graphs; BINDINGS has lines "name TAB term"
 * shacl SHAPES DATA    violations
 * </pre>
 */
public class Jena {
  public static void main(String[] arguments) throws Exception {
    FusekiServer server =
        FusekiServer.create()
            .port(0)
            .loopback(true)
            .passwordFile(arguments[0])
            .auth(AuthScheme.BASIC)
            .add("/open", service(false))
            .add("/locked", service(true))
            .build()
            .start();
    System.out.println("port " + server.getPort());
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split("\t");
      JsonArray answer =
          switch (words[0]) {
            case "read" -> read(words[1], words[2]);
            case "ask" -> ask(words[1], words[2], words[3]);
            case "shacl" -> shacl(words[1], words[2]);
            default -> throw new IllegalArgumentException(line);
          };
      System.out.println(JSON.toStringFlat(answer));
    }
    Runtime.getRuntime().halt(0);
  }

  static DataService service(boolean locked) {
    DataService.Builder service =
        DataService.newBuilder(DatasetGraphFactory.createTxnMem())
            .addEndpoint(Operation.GSP_RW, "data")
            .addEndpoint(Operation.Update, "update")
            .addEndpoint(Operation.Query, "query");
    if (locked) {
      service.setAuthPolicy(Auth.policyAllowSpecific("writer"));
    }
    return service.build();
  }

  static JsonArray read(String file, String output) throws Exception {
    JsonArray said = new JsonArray();
    ErrorHandler handler =
        new ErrorHandler() {
          void note(String level, String message, long line) {
            said.add(new JsonString(level + " " + message + " (line " + line + ")"));
          }

          public void warning(String message, long line, long col) {
            note("warning", message, line);
          }

          public void error(String message, long line, long col) {
            note("error", message, line);
          }

          public void fatal(String message, long line, long col) {
            note("fatal", message, line);
          }
        };
    DatasetGraph data = DatasetGraphFactory.createTxnMem();
    RDFParser.source(file).checking(true).strict(true).errorHandler(handler).parse(data);
    try (java.io.OutputStream out = Files.newOutputStream(Path.of(output))) {
      RDFDataMgr.write(out, data, Lang.NQUADS);
    }
    return said;
  }

  static String asked = "";
  static DatasetGraph union;

  static JsonArray ask(String data, String query, String bindings) throws Exception {
    if (!asked.equals(data)) {
      asked = data;
      union = DatasetGraphFactory.wrap(GraphView.createUnionGraph(RDFDataMgr.loadDatasetGraph(data)));
    }
    QueryExecBuilder builder = QueryExec.dataset(union).query(Files.readString(Path.of(query)));
    for (String line : Files.readAllLines(Path.of(bindings))) {
      String[] pair = line.split("\t", 2);
      builder = builder.substitution(Var.alloc(pair[0]), NodeFactoryExtra.parseNode(pair[1]));
    }
    JsonArray rows = new JsonArray();
    try (QueryExec execution = builder.build()) {
      RowSet found = execution.select();
      List<Var> names = new ArrayList<>(found.getResultVars());
      JsonArray head = new JsonArray();
      names.forEach(name -> head.add(new JsonString(name.getVarName())));
      rows.add(head);
      while (found.hasNext()) {
        Binding row = found.next();
        JsonArray cells = new JsonArray();
        for (Var name : names) {
          Node node = row.get(name);
          cells.add(node == null ? JsonNull.instance : new JsonString(node.isLiteral() ? node.getLiteralLexicalForm() : node.toString()));
        }
        rows.add(cells);
      }
    }
    return rows;
  }

  static JsonArray shacl(String shapes, String data) {
    DatasetGraph loaded = RDFDataMgr.loadDatasetGraph(data);
    Graph graph = GraphView.createUnionGraph(loaded);
    ValidationReport report = ShaclValidator.get().validate(RDFDataMgr.loadGraph(shapes), graph);
    JsonArray found = new JsonArray();
    report.getEntries().forEach(entry -> found.add(new JsonString(entry.focusNode() + " " + entry.resultPath())));
    return found;
  }
}
