"""Move the house to its rooms. Run in a clean worktree: python moves/move.py."""
from __future__ import annotations
import ast, os, re, shutil, subprocess, sys, tokenize, io
from collections import defaultdict
from pathlib import Path
sys.path.insert(0,str(Path(__file__).parent))
from engine import *
import engine as E
import tree as T_
from rooms import INIT, DOCS
from patches import PATCHES, NEW, LINES

def main():
    root=subprocess.run(["git","rev-parse","--show-toplevel"],capture_output=True,text=True,check=True).stdout.strip()
    os.chdir(root)
    if subprocess.run(["git","status","--porcelain"],capture_output=True,text=True).stdout.strip() and "--dirty" not in sys.argv:
        sys.exit("the worktree is not clean")
    for p,old,new in PATCHES.get("before",[]): patch(p,old,new)
    mv=Mover(root,T_.M,T_.CARVE,T_.DATA,T_.DIRS,T_.guess)
    out={}    # new path -> text
    src_of={} # new path -> old path
    gone=set()
    parts=defaultdict(list)   # new path -> [(old path, text)]
    tests_to=test_moves(mv)
    for f in mv.py:
        if f in T_.DELETE: gone.add(f); continue
        m=mod(f); text=Path(f).read_text()
        if m in mv.pieces:
            if m=="model.levers": text=levers(text,parts)
            if text is None: continue
            for d,t in carve(mv,f,text).items(): parts[d].append((f,t))
            gone.add(f)
        elif f in mv.moves: parts[mv.moves[f]].append((f,text)); gone.add(f)
        elif f in tests_to: parts[tests_to[f]].append((f,text)); gone.add(f); mv.moves[f]=tests_to[f]
        else: parts[f].append((f,text))
    for d,ps in parts.items():
        if d.startswith("tests/") and len(ps)>1: say("TWO TESTS for one place",d,[x[0] for x in ps])
        f,text=ps[0]
        if len(ps)>1: text=merged(d,ps)
        if DOCS.get(mod(d)): text=redoc(text,DOCS[mod(d)])
        mv.moves_self=d
        new=mv.rewrite(f if len(ps)==1 else f,text) if True else text
        new=self_imports(new,mod(d))
        new=reflow(strings(new,mv,d),d)
        out[d]=new
    for f in gone: Path(f).unlink()
    for a,b in T_.DATA.items():
        if Path(a).exists(): Path(b).parent.mkdir(parents=True,exist_ok=True); shutil.move(a,b)
    for d,t in out.items():
        p=Path(d); p.parent.mkdir(parents=True,exist_ok=True)
        if not p.exists() or p.read_text()!=t: p.write_text(t)
    NEW["tests/structure.py"]=(Path(__file__).parent/"structure.py").read_text()
    NEW["tests/test_structure.py"]=(Path(__file__).parent/"test_structure.py").read_text()
    old=Path("tests/model/submodels/test_rule_calls.py")
    if old.exists(): old.unlink()
    if "dashboards/documents/priors.py" in out:
        main="dashboards/documents/__main__.py"
        NEW[main]=NEW[main].replace("evidence, recommendations","evidence, priors, recommendations").replace("    evidence.write()\n","    evidence.write()\n    priors.write()\n").replace("`docs/evidence.md` and `docs/recommendations.md`","`docs/evidence.md`, `docs/priors.md` and `docs/recommendations.md`")
    for d,t in NEW.items(): Path(d).parent.mkdir(parents=True,exist_ok=True); Path(d).write_text(t)
    graph()
    inits(mv)
    for f in mv.files:
        if f.endswith(".py") or not Path(f).exists(): continue
        if f.endswith((".toml",".md",".vue",".css",".html",".cfg")) or f in("Makefile",".gitignore") or f.startswith(".ci/"):
            if f in("CHANGELOG.md","requirements.lock"): continue
            t=Path(f).read_text(); n=names_in_text(t,mv)
            n=lines(n)
            if n!=t: Path(f).write_text(n)
    for b in T_.DATA.values():
        if b.endswith((".toml",".md",".html")) and Path(b).exists():
            t=Path(b).read_text(); n=lines(names_in_text(t,mv))
            if n!=t: Path(b).write_text(n)
    for p,old,new in PATCHES["after"]: patch(p,old,new)
    for f in ("README.md","CONTRIBUTING.md","docs/architecture.md","docs/scaling.md","docs/statistics.md","dashboards/documents/evidence_introduction.md","dashboards/documents/priors_introduction.md"):
        if not Path(f).exists(): continue
        t=Path(f).read_text(); n=wrapped(t)
        if n!=t: Path(f).write_text(n)
    for d in ("model","scenarios","calibration","dashboards","tests"):
        for x in sorted(Path(d).rglob("*"),reverse=True):
            if x.is_dir() and (x.name=="__pycache__"): shutil.rmtree(x)
        for x in sorted(Path(d).rglob("*"),reverse=True):
            if x.is_dir() and not any(x.iterdir()): x.rmdir()
    for a,b in list(T_.TESTS.items()):
        pass
    subprocess.run(["git","add","-A"],check=True)
    rf=[".venv/bin/ruff"]
    subprocess.run([*rf,"check","--fix","-q","--select","I,F401","."])
    subprocess.run([*rf,"format","-q","."]); subprocess.run([*rf,"check","--fix","-q","."]); subprocess.run([*rf,"format","-q","."])
    subprocess.run(["git","add","-A"],check=True)
    subprocess.run([".venv/bin/python","-m","dashboards.documents"])
    leftovers()
    subprocess.run(["git","add","-A"],check=True)
    print("\n".join(r for r in REPORT if not r.startswith(("FILE path","TEXT"))))

def wrapped(t):
    """Wrap the paragraphs and items of a page that longer names made wider than 105."""
    import textwrap
    out=[]; fence=False
    for block in re.split(r"(\n(?=\n|[-*] |\d+\. |```|    |\|))",t):
        ls=block.split("\n")
        if "```" in block and block.count("```")%2: fence=not fence
        if fence or "```" in block or max(map(len,ls))<=105 or block.lstrip("\n").startswith(("    ","|","#")) : out.append(block); continue
        lead=re.match(r"\n*",block).group(0); body=block[len(lead):]; tail=re.search(r"\n*$",body).group(0)
        item=re.match(r"(?:[-*]|\d+\.) ",body); pad=" "*len(item.group(0)) if item else ""
        out.append(lead+textwrap.fill(" ".join(x.strip() for x in body.strip("\n").split("\n")),105,subsequent_indent=pad,break_long_words=False,break_on_hyphens=False)+tail)
    return "".join(out)

def leftovers():
    """Say which texts still name a file or a module that is there no more."""
    fs=subprocess.run(["git","ls-files","-co","--exclude-standard"],capture_output=True,text=True).stdout.split("\n")
    names={Path(f).name for f in fs if f and Path(f).exists()}; dirs={d.as_posix() for f in fs if f and Path(f).exists() for d in Path(f).parents}
    for f in fs:
        if not f or not Path(f).exists() or not f.endswith((".py",".md",".toml")) or f=="CHANGELOG.md": continue
        t=Path(f).read_text("utf-8","ignore")
        for m in re.finditer(r"(?<![\w/.<>*])(?:[\w-]+/)*(\w+\.(?:py|vue|css))\b",t):
            if m.group(1) not in names and not m.group(1).startswith(("mine","my_","proef","plan")): say("LEFT name",f"{f}:{t[:m.start()].count(chr(10))+1}",m.group(0))
        for m in re.finditer(r"`((?:model|scenarios|calibration|dashboards)(?:/\w+)+)/`",t):
            if m.group(1) not in dirs: say("LEFT folder",f"{f}:{t[:m.start()].count(chr(10))+1}",m.group(1))

def graph():
    """The arrows of the causal graph leave the words on recommendations for a file of their own."""
    f=Path("dashboards/documents/recommendations.toml")
    if not f.exists(): say("no recommendations.toml"); return
    t=f.read_text(); a=t.index("[edge]"); b=t.index("[[recommendation]]")
    Path("model/evidence/causal_graph.toml").write_text("# The causal graph of the model: arrows between what the letter and the literature name.\n\n"+t[a:b].rstrip()+"\n")
    f.write_text(t[:a]+t[b:])

def patch(p,old,new):
    f=Path(p)
    if not f.exists(): say("PATCH no file",p,old[:50]); return
    t=f.read_text()
    if old not in t:
        say("PATCH "+("done already" if new and new in t else "NOT APPLIED"),p,repr(old[:70])); return
    f.write_text(t.replace(old,new))

def carve(mv,f,text):
    """Split one file; the pieces keep the old module names in their imports, to be rewritten."""
    m=mod(f); by,rest=mv.pieces[m]
    tree=ast.parse(text); ls=text.splitlines(keepends=True); segs=segments(tree,ls)
    names=set(defined(tree)); out=defaultdict(list); doc=""
    for s in segs:
        if s.kind=="doc": doc=s.text.strip("\n"); continue
        if s.kind in("future","import"): continue
        for d in (mv.copy.get((m,s.name)) or [by.get(s.name,rest) if s.name else rest]): out[d].append(s)
    tc=[s for s in segs if s.kind=="code" and not s.name and s.text.strip().startswith("if TYPE_CHECKING")]
    res={}
    for d,ss in out.items():
        body="".join(s.text for s in ss); own={n for s in ss for n in s.names}
        used=used_names(body)
        head=doc if d==rest else f'"""{d.rsplit(".",1)[-1]}."""'
        t=head+"\n\nfrom __future__ import annotations\n\n"
        for s in segs:
            if s.kind=="import":
                for st,al in s.each:
                    if al in used or d==rest and not by: t+=st+"\n"
        for n in sorted(used&names-own):
            if by.get(n,rest)!=d: t+=f"from {m} import {n}\n"
        t+="\n"+body
        res[path_of(d,mv)]=t
    return res
def used_names(body):
    used=set()
    for tok in tokenize.generate_tokens(io.StringIO(body).readline):
        if tok.type==tokenize.NAME: used.add(tok.string)
        elif tok.type==tokenize.STRING or tok.type==getattr(tokenize,"FSTRING_MIDDLE",-1):
            if len(tok.string)<60: used|=set(re.findall(r"[A-Za-z_]\w*",tok.string))
    return used
def path_of(d,mv):
    known={mod(v):v for v in mv.moves.values()}|{mod(x):x for c in T_.CARVE.values() for x in (c["rest"],*c["to"])}
    return known.get(d,d.replace(".","/")+".py")
def merged(d,ps):
    """One text of several: all imports, then all bodies; the first docstring stands."""
    doc=""; imps=[]; bodies=[]
    ps=sorted(ps,key=lambda x: T_.ORDER.index(x[0]) if x[0] in T_.ORDER else 99)
    for f,t in ps:
        tree=ast.parse(t); segs=segments(tree,t.splitlines(keepends=True))
        for s in segs:
            if s.kind=="doc": doc=doc or s.text.strip("\n")
            elif s.kind=="future": pass
            elif s.kind=="import": imps.append(s.text.strip("\n"))
            else: bodies.append(s.text)
    return doc+"\n\nfrom __future__ import annotations\n\n"+"\n".join(imps)+"\n\n"+"".join(bodies)
def redoc(text,new):
    tree=ast.parse(text)
    if tree.body and isinstance(tree.body[0],ast.Expr) and isinstance(tree.body[0].value,ast.Constant):
        ls=text.splitlines(keepends=True); return f'"""{new}"""\n'+"".join(ls[tree.body[0].end_lineno:])
    return f'"""{new}"""\n\n'+text
def self_imports(text,me):
    """Drop what a merged file would import from itself."""
    tree=ast.parse(text); ls=text.splitlines(keepends=True); drop=[]
    for n in ast.walk(tree):
        if isinstance(n,ast.ImportFrom) and n.module==me:
            drop.append((n.lineno,n.end_lineno))
            for a in n.names:
                if a.asname: say("SELF alias in",me,a.name,a.asname)
        elif isinstance(n,ast.ImportFrom) and n.module and any(f"{n.module}.{a.name}"==me for a in n.names): say("SELF module import in",me)
    for a,b in sorted(drop,reverse=True): del ls[a-1:b]
    return "".join(ls)

def levers(text,parts):
    """The class of all levers becomes one class per submodel; numbers (bits) stay."""
    tree=ast.parse(text); ls=text.splitlines(keepends=True)
    n=next((x for x in tree.body if isinstance(x,ast.ClassDef) and x.name=="Levers"),None)
    if n is None: say("LEVERS are declared in another way now: split by hand"); return text
    rooms=defaultdict(list); kept=[]
    for e in n.body:
        if not isinstance(e,ast.Assign) or not isinstance(e.value,ast.Call): kept.append("".join(ls[e.lineno-1:e.end_lineno])); continue
        nm=e.targets[0].id
        room=T_.LEVER_ROOM.get(nm)
        if not room: say("LEVER without a room, put into contact:",nm); room="contact"
        src="".join(ls[e.lineno-1:e.end_lineno])
        (kept if room=="registry" else rooms[room]).append(src)
    camel=lambda r:"".join(w.title() for w in r.split("_"))+"Levers"
    for r,es in rooms.items():
        body="".join(es)
        consts="".join("from model.clock import month_number\n" for _ in [0] if "month_number" in body)
        parts[f"model/submodels/{r}/levers.py"].append(("model/levers.py",f'"""{DOCS_L[r]}"""\n\nfrom __future__ import annotations\n\nfrom model.levers import Lever\nfrom model.named import Of\n{consts}\nclass {camel(r)}[T](Of[T]):\n    """Something of every lever in this room, by its name."""\n\n{body}\n'))
    order=[s for s in T_.SUB if s in rooms]
    if len(kept)!=2: say("Levers keeps other than docstring and reform_start:",[k[:40] for k in kept])
    bases=", ".join(f"{camel(s)}[T]" for s in order)
    doc='    """Something of every lever, by its name: its value in a month, or its bit.\n\n    Each lever is declared in its submodel; only the start of the bill belongs to none.\n    """\n\n'
    ls[n.lineno-1:n.end_lineno]=[f"class Levers[T]({bases}):\n{doc}{''.join(kept[1:])}\n"]
    i=next(k for k,l in enumerate(ls) if l.startswith("from model.clock"))
    ls.insert(i,"".join(f"from model.submodels.{s}.levers import {camel(s)}\n" for s in order))
    t="".join(ls)
    old="LEVERS: tuple[Lever, ...] = declared(Levers, Lever)\n"
    if old not in t: say("LEVERS is made in another way now")
    return t.replace(old,"LEVERS: tuple[Lever, ...] = tuple(\n    sorted(declared(Levers, Lever), key=lambda lever: lever.number)\n)\n")
DOCS_L={"work":"Levers on contracts, hours and pay.","rights":"Levers on unpaid wages, inspection and legal help.","housing":"Levers on homes tied to work.","stay":"Levers on the wish to stay.","contact":"Levers on information, key persons, registration, care and municipal practice.","language":"Levers on Dutch of the parents.","early_years":"Levers on youth health care and preschool.","school":"Levers on school: opening hours, extra hours, newcomers."}

# ---- names in strings, comments and other texts --------------------------------
def table(mv):
    rows=[]
    for old,new in mv.newmod.items():
        if old in PK: continue
        f=mv.mods[old]
        if old!=new: rows.append((old,new))
    return rows
def names_in_text(t,mv):
    if not hasattr(mv,"_rx"):
        tab=dict(table(mv)); mv._tab=tab
        mv._rx=re.compile(r"(?<![\w./-])("+"|".join(re.escape(k) for k in sorted(tab,key=len,reverse=True))+r")(?![\w(])(?!\.(?:py|toml|md|json|csv|vue|css)\b)")
        paths={a:b for a,b in mv.moves.items() if a!=b}|T_.DATA|{mv.mods[m]:(c["rest"]) for m,c in T_.CARVE.items() if m in mv.mods}
        mv._paths=paths
        mv._prx=re.compile(r"(?<![\w-])("+"|".join(re.escape(k) for k in sorted(paths,key=len,reverse=True))+r")(?![\w])")
    def sub(m):
        old=m.group(1); rest=t[m.end():]
        nm=re.match(r"\.(\w+)",rest)
        if old in mv.pieces and nm and (old,nm.group(1)) in mv.home: new=mv.home[(old,nm.group(1))][0]
        else: new=mv._tab[old]
        say("TEXT",old,"->",new); return new
    def frm(m):
        a,b,c=m.group(1),m.group(2),m.group(3)
        if f"{a}.{b}" in mv.newmod: return imp(mv.newmod[f"{a}.{b}"],c or b)
        return m.group(0)
    t=re.sub(r"\bfrom ((?:model|scenarios|calibration|dashboards)(?:\.\w+)*) import (\w+)(?: as (\w+))?(?![\w,])",frm,t)
    t2=mv._rx.sub(sub,t)
    return mv._prx.sub(lambda m:mv._paths[m.group(1)],t2)
def lines(t):
    for a,b in LINES: t=t.replace(a,b)
    return t
def strings(text,mv,d):
    """Rewrite names of modules and paths inside string tokens and comments of a Python file."""
    out=[];ls=text.splitlines(keepends=True); edits=[]
    starts=[0]
    for l in ls: starts.append(starts[-1]+len(l))
    kinds={tokenize.STRING,tokenize.COMMENT}|({tokenize.FSTRING_MIDDLE} if hasattr(tokenize,"FSTRING_MIDDLE") else set())
    for tok in tokenize.generate_tokens(io.StringIO(text).readline):
        if tok.type in kinds:
            a=starts[tok.start[0]-1]+tok.start[1]; b=starts[tok.end[0]-1]+tok.end[1]
            old=text[a:b]; new=lines(names_in_text(old,mv))
            if new!=old: edits.append((a,b,new))
    for a,b,new in reversed(edits): text=text[:a]+new+text[b:]
    return text

def reflow(text,d):
    """Wrap docstring paragraphs that a longer name made longer than 100."""
    import textwrap
    ls=text.split("\n"); i=0; out=[]
    inside=docstring_lines(text)
    while i<len(ls):
        l=ls[i]
        if len(l)<=100 or (i+1) not in inside: out.append(l); i+=1; continue
        pad=re.match(r" *",l).group(0)
        if l.strip().startswith('"""'):
            if l.rstrip().endswith('"""') or not ls[i+1].strip(): say("LONG first line",d,l.strip()[:90]); out.append(l); i+=1; continue
        j=i+1
        while j<len(ls) and (j+1) in inside and ls[j].strip() and ls[j].startswith(pad) and not ls[j][len(pad):].startswith((" ","-","*")) and ls[j].strip()!='"""': j+=1
        para=" ".join(x.strip() for x in ls[i:j])
        w=textwrap.fill(para,100,initial_indent=pad,subsequent_indent=pad,break_long_words=False,break_on_hyphens=False).split("\n")
        out+=w; i=j
    return "\n".join(out)
def docstring_lines(text):
    s=set()
    for tok in tokenize.generate_tokens(io.StringIO(text).readline):
        if tok.type==tokenize.STRING and tok.string.startswith('"""'): s|=set(range(tok.start[0],tok.end[0]+1))
    return s

# ---- tests -----------------------------------------------------------------------
def test_moves(mv):
    """Each test goes to the room of the module that it imports most of, by name first."""
    to={}
    for f in mv.py:
        if not f.startswith("tests/") or not Path(f).name.startswith("test_"): continue
        top=f.split("/")[1]
        if top not in PK: continue
        if f in T_.TESTS: to[f]=T_.TESTS[f]; continue
        stem=Path(f).stem.removeprefix("test_")
        dest=None
        for cand in (f"{top}.{stem}",):
            if cand in mv.newmod and mv.newmod[cand]!=cand: dest=mv.newmod[cand]
        if not dest: continue
        parts=dest.split(".")
        to[f]="tests/"+"/".join(parts[:-1])+f"/test_{parts[-1]}.py"
    return {a:b for a,b in to.items() if a!=b}

def inits(mv):
    for p in PK:
        for x in [Path(p),*Path(p).rglob("*")]:
            if not x.is_dir() or "__pycache__" in x.parts: continue
            if not any(y.suffix==".py" for y in x.iterdir()) and not any(z.suffix==".py" for z in x.rglob("*.py")): continue
            i=x/"__init__.py"; doc=INIT.get(x.as_posix())
            if not i.exists():
                if not doc: say("INIT without words:",x); doc=f"{x.name}."
                i.write_text(f'"""{doc}"""\n')
            elif doc: i.write_text(redoc(i.read_text(),doc))

if __name__=="__main__": main()
