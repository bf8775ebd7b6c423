import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.io.File;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.DirectedGraph;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Interval;
import org.gephi.graph.api.Node;
import org.gephi.io.exporter.api.ExportController;
import org.gephi.io.exporter.preview.PDFExporter;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.preview.api.PreviewController;
import org.gephi.preview.api.PreviewProperties;
import org.gephi.preview.api.PreviewProperty;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * GephiCheck FILE [PICTURE]: imports a file with Gephi and prints, tab-separated, what it found: "nodes N", "edges N", "issues N",
 * "column TABLE NAME TYPE", "node ID LABEL SIZE COLOR X Y SPAN", "edge SOURCE KIND TARGET WEIGHT SPAN"; draws the PDF PICTURE.
 */
public class GephiCheck {
  static StringBuilder out = new StringBuilder();

  static void say(Object... words) {
    for (int place = 0; place < words.length; place++) {
      out.append(place == 0 ? "" : "\t").append(String.valueOf(words[place]).replaceAll("[\\s\u0085]", " "));
    }
    out.append("\n");
  }

  public static void main(String[] arguments) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Container container = importer.importFile(new File(arguments[0]));
    container.getLoader().setAllowAutoNode(false);
    container.getLoader().setAutoScale(false);
    container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE);
    importer.process(container, new DefaultProcessor(), workspace);
    container.getReport().getIssuesList(1000).forEach(issue -> say("issue", issue.getLevel(), issue.getMessage()));
    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel();
    DirectedGraph graph = model.getDirectedGraph();
    say("nodes", graph.getNodeCount());
    say("edges", graph.getEdgeCount());
    for (Column column : model.getNodeTable()) {
      say("column", "node", column.getTitle(), column.getTypeClass().getSimpleName());
    }
    for (Column column : model.getEdgeTable()) {
      say("column", "edge", column.getTitle(), column.getTypeClass().getSimpleName());
    }
    for (Node node : graph.getNodes().toArray()) {
      String color = String.format("%06x", node.getColor().getRGB() & 0xffffff);
      say("node", node.getId(), node.getLabel(), node.size(), color, node.x(), node.y(), span(node));
    }
    for (Edge edge : graph.getEdges().toArray()) {
      Object kind = model.getEdgeTypeLabel(edge.getType());
      say("edge", edge.getSource().getId(), kind, edge.getTarget().getId(), edge.getWeight(), span(edge));
    }
    if (arguments.length > 1) {
      draw(workspace, arguments[1], graph);
    }
    System.out.print(out);
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  static String span(Element element) {
    Interval[] spans = element.getIntervals();
    return spans.length == 0 ? "" : day(spans[0].getLow()) + "/" + day(spans[0].getHigh());
  }

  static String day(double time) {
    return Double.isInfinite(time) ? "" : java.time.Instant.ofEpochMilli((long) time).toString().substring(0, 10);
  }

  static void draw(Workspace workspace, String name, DirectedGraph graph) throws Exception {
    Font font = null;
    String hard = "";
    for (Node node : graph.getNodes().toArray()) {
      hard += node.getLabel().codePoints().filter(c -> c >= 0x4e00 && c < 0xa000).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    }
    for (Font candidate : GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts()) {
      if (candidate.canDisplayUpTo(hard) < 0 && (font == null || candidate.getName().equals("WenQuanYi Zen Hei"))) {
        font = candidate;
      }
    }
    say("font", font == null ? "none" : font.getName());
    PreviewController preview = Lookup.getDefault().lookup(PreviewController.class);
    PreviewProperties properties = preview.getModel(workspace).getProperties();
    properties.putValue(PreviewProperty.SHOW_NODE_LABELS, true);
    properties.putValue(PreviewProperty.NODE_LABEL_FONT, font == null ? null : font.deriveFont(6f));
    properties.putValue(PreviewProperty.NODE_LABEL_PROPORTIONAL_SIZE, true);
    properties.putValue(PreviewProperty.EDGE_CURVED, false);
    properties.putValue(PreviewProperty.EDGE_OPACITY, 40f);
    preview.refreshPreview(workspace);
    ExportController exporter = Lookup.getDefault().lookup(ExportController.class);
    PDFExporter pdf = (PDFExporter) exporter.getExporter("pdf");
    pdf.setWorkspace(workspace);
    exporter.exportFile(new File(name), pdf);
  }
}
