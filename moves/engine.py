"""The mover: takes a table of moves and carves, rewrites imports, names in strings and paths."""
from __future__ import annotations
import ast, os, re, subprocess, sys, bisect
from collections import defaultdict
from pathlib import Path

PK = ("model", "scenarios", "calibration", "dashboards")
REPORT: list[str] = []
def say(*a): REPORT.append(" ".join(map(str, a)))

def mod(path: str) -> str:
    n = path[:-3].replace("/", ".")
    return n.removesuffix(".__init__")

class Text:
    """Edits of a text by byte-exact ast positions."""
    def __init__(self, s): self.s=s; self.b=s.encode(); self.starts=[0]; self.edits=[]
    def index(self):
        self.starts=[0]
        for i,c in enumerate(self.b):
            if c==10: self.starts.append(i+1)
    def at(self,line,col): return self.starts[line-1]+col
    def span(self,node): return self.at(node.lineno,node.col_offset), self.at(node.end_lineno,node.end_col_offset)
    def put(self,a,b,new): self.edits.append((a,b,new.encode()))
    def done(self):
        out=self.b
        seen=None
        for a,b,new in sorted(set(self.edits),reverse=True):
            if seen is not None and b>seen: say("OVERLAP", new[:60]); continue
            out=out[:a]+new+out[b:]; seen=a
        return out.decode()

class Mover:
    def __init__(self, root, moves, carves, data, dirs, guess):
        self.root=Path(root); os.chdir(root)
        ls=subprocess.run(["git","ls-files"],capture_output=True,text=True,check=True).stdout.split("\n")
        self.files=[f for f in ls if f and os.path.isfile(f) and not os.path.islink(f)]
        self.py=[f for f in self.files if f.endswith(".py")]
        self.mods={mod(f):f for f in self.py if f.split("/")[0] in (*PK,"benchmarks")}
        self.moves=dict(moves); self.data=dict(data); self.dirs=dict(dirs); self.carves=carves
        for f in list(self.moves):
            if f not in self.files: say("GONE (table names it, tree has it not):",f); self.moves.pop(f)
        for f in list(self.data):
            if f not in self.files: say("GONE data:",f); self.data.pop(f)
        for f in self.py:
            if f.split("/")[0] in PK and f not in self.moves and mod(f) not in carves and f not in guess.stay:
                to=guess(f)
                say("NEW FILE:",f,"-> guessed",to)
                self.moves[f]=to
        # where every module goes
        self.newmod={}
        for m,f in self.mods.items():
            self.newmod[m]=mod(self.moves.get(f,f))
        # where every carved name goes
        self.copy={}   # (module,name) -> every new module that has a copy
        self.home={}   # (module,name)->(newmodule,newname)
        self.pieces={} # module -> {dest: [names]}
        for m,c in carves.items():
            if m not in self.mods: say("GONE carve:",m); continue
            f=self.mods[m]; t=ast.parse(Path(f).read_text()); names=defined(t)
            rest=mod(self.moves.get(f,c["rest"])) if c.get("rest") else self.newmod[m]
            if c.get("rest"): self.moves[f]=c["rest"]; rest=mod(c["rest"]); self.newmod[m]=rest
            by={}
            for dest,ns in c["to"].items():
                if callable(ns): ns=[n for n in names if ns(n)]
                for n in ns:
                    if n not in names: say("CARVE name gone:",m,n); continue
                    by[n]=mod(dest)
            src=Path(f).read_text(); copies=set()
            if len(set(by.values())|{rest})>1 and m!="model.levers":
                segs=[s for s in segments(t,src.splitlines(keepends=True)) if s.name]
                for s in segs:                       # names of one statement stay together
                    for n in s.names: by[n]=by.get(s.name,rest)
                for _ in range(4):                   # a private constant lives where it is used
                    for s in segs:
                        if not s.name.startswith("_") or s.is_function or s.name in given(c): continue
                        where={by.get(o.name,rest) for o in segs if o is not s and o.name not in copies and any(re.search(r"\b"+re.escape(n)+r"\b",o.text) for n in s.names)}
                        if len(where)==1:
                            for n in s.names: by[n]=next(iter(where))
                        elif len(where)>1 and s.is_alias: copies|=set(s.names); self.copy[(m,s.name)]=where
            for n in names: self.home[(m,n)]=(by.get(n,rest),n)
            self.pieces[m]=(by,rest)
    # -- resolution -------------------------------------------------------
    def target(self,m,name):
        """(old module, name) -> ('module', new) or ('name', newmodule, name)."""
        sub=f"{m}.{name}"
        if sub in self.mods: return ("module",sub)
        if (m,name) in self.home: return ("name",*self.home[(m,name)])
        return ("name",self.newmod.get(m,m),name)
    # -- one python file --------------------------------------------------
    def rewrite(self,path,src):
        """Return the text of a file with its imports and uses at their new names."""
        try: tree=ast.parse(src)
        except SyntaxError as e: say("SYNTAX",path,e); return src
        T=Text(src); T.index(); me=mod(path) if path.split("/")[0] in (*PK,"benchmarks") else None
        bound_elsewhere=bound(tree)
        renames={}   # alias -> new alias   (module names)
        split={}     # alias -> old module that was carved
        dotted={}    # old dotted module -> new dotted module (import a.b.c)
        imports=[n for n in ast.walk(tree) if isinstance(n,(ast.Import,ast.ImportFrom))]
        taken={a.asname or a.name.split(".")[0] for n in imports for a in n.names}
        for n in imports:
            new=[]
            if isinstance(n,ast.ImportFrom):
                if n.level: say("RELATIVE import in",path); continue
                if not n.module or n.module.split(".")[0] not in (*PK,"benchmarks"): continue
                for a in n.names:
                    if a.name=="*": say("STAR in",path); continue
                    k=self.target(n.module,a.name)
                    if k[0]=="name":
                        _,m2,nm=k
                        new.append(f"from {m2} import {nm}"+(f" as {a.asname}" if a.asname else ""))
                        continue
                    old=k[1]
                    if old in self.pieces and self.pieces[old][0]:
                        alias=a.asname or a.name
                        used=attributes(tree,alias)
                        dests={}
                        if bare(tree,alias):
                            say("BARE use of a split module, bound to",self.newmod[old],"in",path,alias); new.append(imp(self.newmod[old],alias)); 
                        for nm in used: dests.setdefault(self.target(old,nm)[1],[]).append(nm)
                        if not dests: dests={self.newmod[old]:[]}
                        if len(dests)==1 and a.asname:
                            d=next(iter(dests)); new.append(imp(d,a.asname))
                        else:
                            ren={}
                            for d,ns in dests.items():
                                al=self.alias(d,taken-{alias},bound_elsewhere,me); new.append(imp(d,al)); taken.add(al)
                                for nm in ns: ren[nm]=al
                            if bare(tree,alias): ren={k:v for k,v in ren.items() if self.target(old,k)[1]!=self.newmod[old]}
                            split[alias]=ren
                        continue
                    d=self.newmod[old]; last=d.rsplit(".",1)[-1]; alias=a.asname or a.name
                    if a.asname and a.asname!=last:
                        new.append(imp(d,a.asname))
                    elif last==alias: new.append(imp(d,alias))
                    elif last not in taken and last not in bound_elsewhere and last not in KEEP_ALIAS and alias not in bound_elsewhere:
                        new.append(imp(d,last)); renames[alias]=last; taken.add(last)
                    else: new.append(imp(d,alias))
            else:
                for a in n.names:
                    if a.name.split(".")[0] not in (*PK,"benchmarks") or a.name not in self.mods:
                        new.append(f"import {a.name}"+(f" as {a.asname}" if a.asname else "")); continue
                    d=self.newmod[a.name]
                    if a.asname: new.append(f"import {d} as {a.asname}" )
                    else:
                        new.append(f"import {d}")
                        if d!=a.name: dotted[a.name]=d
                if not any(a.name.split(".")[0] in (*PK,"benchmarks") for a in n.names): continue
            a0,b0=T.span(n); pad=" "*n.col_offset
            T.put(a0,b0,("\n"+pad).join(dict.fromkeys(new)))
        # `import model.network` used as model.network.x
        for n in ast.walk(tree):
            if isinstance(n,ast.Attribute):
                d=chain(n)
                if d and d in dotted: T.put(*T.span(n),dotted[d])
        for n in ast.walk(tree):
            if isinstance(n,ast.Attribute) and isinstance(n.value,ast.Name) and n.value.id in split:
                al=split[n.value.id].get(n.attr)
                if al: T.put(*T.span(n.value),al)
            elif isinstance(n,ast.Name) and n.id in renames: T.put(*T.span(n),renames[n.id])
        self.paths(path,tree,T)
        return T.done()
    def alias(self,d,taken,bound_elsewhere,me):
        parts=d.split("."); last=parts[-1]
        for c in (last, f"{parts[-2]}_{last}"):
            if c not in taken and c not in bound_elsewhere: return c
        return f"{parts[-2]}_{last}_"
    # -- Path(__file__) ----------------------------------------------------
    def paths(self,path,tree,T):
        new=self.moves.get(path,path)
        parents={c:n for n in ast.walk(tree) for c in ast.iter_child_nodes(n)}
        for n in ast.walk(tree):
            base=None
            if isinstance(n,ast.Call) and isinstance(n.func,ast.Name) and n.func.id=="Path" and len(n.args)==1:
                a=n.args[0]
                if isinstance(a,ast.Name) and a.id=="__file__": base=(path,new)
                elif isinstance(a,ast.Attribute) and a.attr=="__file__":
                    d=chain(a.value)
                    if d in self.mods: base=(self.mods[d],self.moves.get(self.mods[d],self.mods[d]))
                    elif isinstance(a.value,ast.Name): say("FILE by name",path,ast.unparse(n))
            if not base: continue
            # climb the expression
            top=n; cur=Path(base[0]); resolve=False
            while True:
                p=parents.get(top)
                if isinstance(p,ast.Attribute) and p.attr in("parent","parents"):
                    if p.attr=="parent": cur=cur.parent; top=p; continue
                    q=parents.get(p)
                    if isinstance(q,ast.Subscript) and isinstance(q.slice,ast.Constant): cur=list(cur.parents)[q.slice.value]; top=q; continue
                    break
                if isinstance(p,ast.Attribute) and p.attr in("resolve","with_name"):
                    q=parents.get(p)
                    if p.attr=="resolve": resolve=True; top=q; continue
                    if isinstance(q,ast.Call) and isinstance(q.args[0],ast.Constant): cur=cur.with_name(q.args[0].value); top=q; continue
                    break
                if isinstance(p,ast.BinOp) and isinstance(p.op,ast.Div) and p.left is top and isinstance(p.right,ast.Constant): cur=cur/p.right.value; top=p; continue
                break
            if top is n: say("FILE kept",path,ast.unparse(parents.get(n,n))); continue
            old=cur.as_posix(); to=self.where(old)
            frm=Path(base[1]).parent.as_posix()
            want=relative(frm,to)
            if (self.where(Path(base[0]).parent.as_posix()) , ) and relative(Path(base[0]).parent.as_posix(),old)==want: continue
            e=ast.unparse(n)+(".resolve()" if resolve else "")
            ups,downs=want
            e+=".parent" if ups==0 else f".parents[{ups}]"
            e+="".join(f' / "{d}"' for d in downs)
            T.put(*T.span(top),e); say("FILE path",path,ast.unparse(top),"=>",e)
    def where(self,p):
        if p in (".","", *PK,"docs","tests"): return p
        if p in self.data: return self.data[p]
        if p in self.moves: return self.moves[p]
        for d in sorted(self.dirs,key=len,reverse=True):
            if p==d or p.startswith(d+"/"): return self.dirs[d]+p[len(d):]
        return p
    # -- carve --------------------------------------------------------------
    def carve(self,path,docs):
        """Return {new path: text} for a file that is split."""
        m=mod(path); by,rest=self.pieces[m]; src=Path(path).read_text()
        tree=ast.parse(src); lines=src.splitlines(keepends=True)
        segs=segments(tree,lines)
        names=set(defined(tree))
        imports=[s for s in segs if s.kind=="import"]
        out=defaultdict(list)
        for s in segs:
            if s.kind in("doc","future","import"): continue
            d=by.get(s.name,rest) if s.name else rest
            out[d].append(s)
        res={}
        for d,ss in out.items():
            body="".join(s.text for s in ss)
            own={n for s in ss for n in s.names}
            used=set(re.findall(r"[A-Za-z_]\w*",body))
            head=[]
            if d==rest:
                doc=docs.get(d) or (ast.get_docstring(tree,clean=False) and f'"""{ast.get_docstring(tree,clean=False)}"""')
            else: doc=docs.get(d) or f'"""TODO {d}."""'
            if doc.startswith('"""TODO'): say("DOC missing for",d)
            text=doc+"\n\nfrom __future__ import annotations\n\n"
            for s in imports:
                for stmt in s.each:
                    if stmt[1] in used: text+=stmt[0]+"\n"
            for n in sorted(used&names-own):
                h=by.get(n,rest)
                if h!=d: text+=f"from {m} import {n}\n"   # old name; rewritten below
            text+="\n"+body
            res[d]=text
        return res

class Seg:
    def __init__(s,kind,name,names,text,each=(),node=None):
        s.kind,s.name,s.names,s.text,s.each=kind,name,names,text,each
        s.is_function=isinstance(node,(ast.FunctionDef,ast.ClassDef))
        s.is_alias=isinstance(node,ast.Assign) and len(text)<400
def given(c): return {n for ns in c["to"].values() if not callable(ns) for n in ns}

def segments(tree,lines):
    """Top-level statements with what belongs to them: comments above, a docstring below."""
    body=tree.body; segs=[]; prev=0; i=0
    while i<len(body):
        n=body[i]; start=prev; end=n.end_lineno
        # a docstring after a constant, and `X.y = ...`-like followers stay with it
        j=i
        while j+1<len(body) and isinstance(body[j+1],ast.Expr) and isinstance(body[j+1].value,ast.Constant) and isinstance(body[j+1].value.value,str) and not(i==0 and isinstance(n,ast.Expr)):
            j+=1; end=body[j].end_lineno
        text="".join(lines[start:end]); nm=[]
        if isinstance(n,(ast.FunctionDef,ast.ClassDef)): nm=[n.name]
        elif isinstance(n,ast.Assign): nm=[t.id for x in n.targets for t in ast.walk(x) if isinstance(t,ast.Name)]
        elif isinstance(n,ast.AnnAssign): nm=[n.target.id]
        elif hasattr(ast,"TypeAlias") and isinstance(n,ast.TypeAlias): nm=[n.name.id]
        kind="code"; each=[]
        if i==0 and isinstance(n,ast.Expr) and isinstance(n.value,ast.Constant): kind="doc"
        elif isinstance(n,ast.ImportFrom) and n.module=="__future__": kind="future"
        elif isinstance(n,(ast.Import,ast.ImportFrom)):
            kind="import"
            for a in n.names:
                al=a.asname or a.name.split(".")[0]
                st=(f"from {n.module} import {a.name}" if isinstance(n,ast.ImportFrom) else f"import {a.name}")+(f" as {a.asname}" if a.asname else "")
                each.append((st,al))
        segs.append(Seg(kind,nm[0] if nm else None,nm,text,each,n)); prev=end; i=j+1
    return segs

KEEP_ALIAS={"state","children","work","rules","parameters","levers","steps","registry","month","year","page","view","targets","check","order","lines","jobs"}
def imp(d,alias):
    if "." not in d: return f"import {d}"+(f" as {alias}" if alias!=d else "")
    p,l=d.rsplit(".",1)
    return f"from {p} import {l}"+(f" as {alias}" if alias!=l else "")
def defined(tree):
    out=[]
    for n in tree.body:
        if isinstance(n,(ast.FunctionDef,ast.ClassDef)): out.append(n.name)
        elif isinstance(n,ast.Assign): out+=[t.id for x in n.targets for t in ast.walk(x) if isinstance(t,ast.Name)]
        elif isinstance(n,ast.AnnAssign) and isinstance(n.target,ast.Name): out.append(n.target.id)
        elif hasattr(ast,"TypeAlias") and isinstance(n,ast.TypeAlias): out.append(n.name.id)
    return out
def bound(tree):
    """Names bound anywhere by something else than an import."""
    s=set()
    for n in ast.walk(tree):
        if isinstance(n,ast.Name) and isinstance(n.ctx,(ast.Store,ast.Del)): s.add(n.id)
        elif isinstance(n,ast.arg): s.add(n.arg)
        elif isinstance(n,(ast.FunctionDef,ast.ClassDef)): s.add(n.name)
    return s
def attributes(tree,alias):
    return list(dict.fromkeys(n.attr for n in ast.walk(tree) if isinstance(n,ast.Attribute) and isinstance(n.value,ast.Name) and n.value.id==alias))
def bare(tree,alias):
    held={id(n.value) for n in ast.walk(tree) if isinstance(n,ast.Attribute)}
    return any(isinstance(n,ast.Name) and n.id==alias and id(n) not in held for n in ast.walk(tree))
def chain(n):
    p=[]
    while isinstance(n,ast.Attribute): p.append(n.attr); n=n.value
    if isinstance(n,ast.Name): p.append(n.id); return ".".join(reversed(p))
def relative(frm,to):
    a=Path(frm).parts if frm not in(".","") else (); b=Path(to).parts if to not in(".","") else ()
    k=0
    while k<min(len(a),len(b)) and a[k]==b[k]: k+=1
    return (len(a)-k, b[k:])
