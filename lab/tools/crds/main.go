// Writes the CustomResourceDefinitions of Zalando's operator, which builds them in Go and creates them itself when it starts.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	zalando "github.com/zalando/postgres-operator/pkg/apis/acid.zalan.do/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: crds FOLDER")
		os.Exit(64)
	}
	categories := []string{"all"}
	for _, crd := range []*apiextensions.CustomResourceDefinition{zalando.PostgresCRD(categories), zalando.ConfigurationCRD(categories)} {
		crd.APIVersion, crd.Kind = "apiextensions.k8s.io/v1", "CustomResourceDefinition"
		text, err := yaml.Marshal(crd)
		if err == nil {
			err = os.WriteFile(filepath.Join(os.Args[1], crd.Spec.Group+"_"+crd.Spec.Names.Plural+".yaml"), text, 0o644)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
