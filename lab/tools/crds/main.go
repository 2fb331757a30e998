// Reads out of the operators' own sources what the contract tests hold the tree to, and writes it to a folder:
//   - the CustomResourceDefinitions of Zalando's operator, which builds them in Go and creates them itself when it starts (those of the
//     others are made by controller-gen, see scripts/tools);
//   - metrics.txt, the names of the metrics that CloudNativePG, plugin-barman-cloud and kube-state-metrics export.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	zalando "github.com/zalando/postgres-operator/pkg/apis/acid.zalan.do/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: crds FOLDER")
		os.Exit(64)
	}
	if err := errorsOf(definitions(os.Args[1]), metrics(filepath.Join(os.Args[1], "metrics.txt"))); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func either(name, otherwise string) string {
	if name != "" {
		return name
	}
	return otherwise
}

func errorsOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

func definitions(folder string) error {
	categories := []string{"all"}
	for _, crd := range []*apiextensions.CustomResourceDefinition{zalando.PostgresCRD(categories), zalando.ConfigurationCRD(categories)} {
		crd.APIVersion, crd.Kind = "apiextensions.k8s.io/v1", "CustomResourceDefinition"
		text, err := yaml.Marshal(crd)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, crd.Spec.Group+"_"+crd.Spec.Names.Plural+".yaml"), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func metrics(file string) error {
	const operator, plugin = "github.com/cloudnative-pg/cloudnative-pg", "github.com/cloudnative-pg/plugin-barman-cloud"
	const state = "k8s.io/kube-state-metrics/v2"
	var names []string
	for _, source := range []func() ([]string, error){
		func() ([]string, error) { return collected(operator, "pkg/management/postgres/webserver/metricserver") },
		func() ([]string, error) { return queried(operator, "config/manager/default-monitoring.yaml") },
		func() ([]string, error) { return plugged(plugin, "internal/cnpgi") },
		func() ([]string, error) { return stated(state, "internal/store") },
	} {
		found, err := source()
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fmt.Errorf("one of the sources of metrics names none: has it moved?")
		}
		names = append(names, found...)
	}
	slices.Sort(names)
	text := "# read from the sources of " + operator + ", " + plugin + " and " + state + "\n" + strings.Join(slices.Compact(names), "\n") + "\n"
	return os.WriteFile(file, []byte(text), 0o644)
}

func module(name string) (string, error) {
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", name).Output()
	return strings.TrimSpace(string(folder)), err
}

// The literals Opts{Namespace: …, Subsystem: …, Name: "…"} of the instance's collector: cnpg_collector_<name>.
func collected(of, folder string) ([]string, error) {
	home, err := module(of)
	if err != nil {
		return nil, err
	}
	var names []string
	err = goFiles(filepath.Join(home, folder), func(_ string, file *ast.File) {
		ast.Inspect(file, func(node ast.Node) bool {
			if literal, ok := node.(*ast.CompositeLit); ok {
				fields := map[string]ast.Expr{}
				for _, element := range literal.Elts {
					if pair, ok := element.(*ast.KeyValueExpr); ok {
						if key, ok := pair.Key.(*ast.Ident); ok {
							fields[key.Name] = pair.Value
						}
					}
				}
				if name, ok := fields["Name"].(*ast.BasicLit); ok && fields["Namespace"] != nil && fields["Subsystem"] != nil {
					if text, err := strconv.Unquote(name.Value); err == nil {
						names = append(names, "cnpg_collector_"+text)
					}
				}
			}
			return true
		})
	})
	return names, err
}

// The queries that every instance runs unless they are switched off.
func queried(of, file string) ([]string, error) {
	home, err := module(of)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(home, file))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, document := range regexp.MustCompile(`(?m)^---$`).Split(string(text), -1) {
		var configMap struct {
			Data map[string]string `json:"data"`
		}
		if err := yaml.Unmarshal([]byte(document), &configMap); err != nil {
			return nil, err
		}
		var queries map[string]struct {
			Name    string `json:"name"`
			Metrics []map[string]struct {
				Usage string `json:"usage"`
				Name  string `json:"name"`
			} `json:"metrics"`
		}
		if err := yaml.Unmarshal([]byte(configMap.Data["queries"]), &queries); err != nil {
			return nil, err
		}
		for query, content := range queries {
			for _, mapping := range content.Metrics {
				for column, metric := range mapping {
					if metric.Usage != "LABEL" && metric.Usage != "DISCARD" {
						names = append(names, "cnpg_"+either(content.Name, query)+"_"+either(metric.Name, column))
					}
				}
			}
		}
	}
	return names, nil
}

// The calls buildFqName("…") of the plugin, behind its own name.
func plugged(of, folder string) ([]string, error) {
	home, err := module(of)
	if err != nil {
		return nil, err
	}
	var domain string
	var names []string
	err = goFiles(filepath.Join(home, folder), func(path string, file *ast.File) {
		ast.Inspect(file, func(node ast.Node) bool {
			switch found := node.(type) {
			case *ast.ValueSpec:
				if len(found.Names) == 1 && found.Names[0].Name == "PluginName" && len(found.Values) == 1 {
					if value, ok := found.Values[0].(*ast.BasicLit); ok {
						domain, _ = strconv.Unquote(value.Value)
					}
				}
			case *ast.CallExpr:
				if called, ok := found.Fun.(*ast.Ident); ok && called.Name == "buildFqName" && len(found.Args) == 1 {
					if value, ok := found.Args[0].(*ast.BasicLit); ok {
						name, _ := strconv.Unquote(value.Value)
						names = append(names, name)
					}
				}
			}
			return true
		})
	})
	for i, name := range names {
		names[i] = strings.NewReplacer(".", "_", "-", "_").Replace(domain) + "_" + name
	}
	return names, err
}

// Every text of the form kube_… in the stores of kube-state-metrics.
func stated(of, folder string) ([]string, error) {
	home, err := module(of)
	if err != nil {
		return nil, err
	}
	name := regexp.MustCompile(`^kube_[a-z0-9_]+[a-z0-9]$`)
	var names []string
	err = goFiles(filepath.Join(home, folder), func(_ string, file *ast.File) {
		ast.Inspect(file, func(node ast.Node) bool {
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil && name.MatchString(text) {
					names = append(names, text)
				}
			}
			return true
		})
	})
	return names, err
}

func goFiles(folder string, look func(string, *ast.File)) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err == nil {
			look(path, file)
		}
		return err
	})
}
