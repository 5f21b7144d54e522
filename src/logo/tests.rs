use super::*;

fn svg(inner: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 200 100'>\n{inner}\n</svg>"
    )
}

fn drawn(inner: &str) -> Drawn {
    read(svg(inner).as_bytes()).unwrap()
}

fn flaw(inner: &str) -> Flaw {
    read(svg(inner).as_bytes()).unwrap_err()
}

#[test]
fn what_is_drawn_fills_its_box_without_white_borders() {
    let logo =
        drawn("<rect width='200' height='100' fill='white'/><rect x='50' y='25' width='100' height='50' fill='#036'/>")
            .logo;
    assert_eq!((logo.width, logo.height), (500.0, 250.0));
    assert_eq!(logo.pieces.len(), 2, "what is white stays, it may cover something");
    let ink = &logo.pieces[1];
    assert_eq!((ink.color, ink.opacity, ink.outline.is_even_odd), ([0, 0x33, 0x66], 255, false));
    assert_eq!(ink.outline.steps[0], Step::Move(0.0, 0.0));
    assert!(ink.outline.steps.contains(&Step::Line(500.0, 250.0)));
}

#[test]
fn fills_strokes_rules_opacities_and_transforms_are_kept() {
    let logo = drawn(
        "<g opacity='.5' transform='translate(10 10)'><path fill-rule='evenodd' fill-opacity='.5' \
         d='M0 0h80v80h-80z M20 20h40v40h-40z'/></g>\
         <path d='M100 50 Q150 0 190 50' fill='none' stroke='red' stroke-width='4' stroke-linecap='round'/>",
    )
    .logo;
    let [ring, line] = &logo.pieces[..] else { panic!("{}", logo.pieces.len()) };
    assert_eq!((ring.opacity, ring.outline.is_even_odd), (64, true));
    assert_eq!((line.opacity, line.color), (255, [255, 0, 0]));
    assert!(line.outline.steps.len() > 6, "a stroke becomes an outline");
    assert!(line.outline.steps.iter().any(|step| matches!(step, Step::Curve(..))));
}

#[test]
fn a_dashed_stroke_is_as_many_outlines_as_dashes() {
    let moves = |dashes: &str| {
        let logo =
            drawn(&format!("<path d='M0 50h100' stroke='red' stroke-width='4' stroke-dasharray='{dashes}'/>")).logo;
        assert_eq!(logo.pieces.len(), 1, "a line has no inside");
        logo.pieces[0].outline.steps.iter().filter(|step| matches!(step, Step::Move(..))).count()
    };
    assert_eq!((moves("none"), moves("15 10")), (1, 4));
}

#[test]
fn use_symbols_styles_and_clips_are_worked_out() {
    let logo = drawn(
        "<style>.b{fill:#0a0}</style><defs><circle id='c' r='10' class='b'/>\
         <clipPath id='k'><rect x='0' y='0' width='100' height='100'/></clipPath></defs>\
         <use xlink:href='#c' x='20' y='50'/><use href='#c' x='60' y='50'/>\
         <g clip-path='url(#k)'><rect x='80' y='0' width='80' height='100' fill='#00f'/></g>",
    )
    .logo;
    assert_eq!(logo.pieces.len(), 3);
    assert_eq!(logo.pieces[0].color, [0, 0xAA, 0]);
    assert_eq!(logo.pieces[2].clips.len(), 1);
    // From the left of the first circle to the clip's edge, not to that of the rectangle.
    assert!((logo.width / logo.height - 0.9).abs() < 0.01, "{} {}", logo.width, logo.height);
}

#[test]
fn a_gradient_prints_in_its_mean_colour_and_is_told() {
    let found = drawn(
        "<defs><linearGradient id='g'><stop offset='0' stop-color='#000'/><stop offset='1' stop-color='#fff'/></linearGradient></defs>\
         \n<rect width='100' height='50' fill='url(#g)'/>",
    );
    assert_eq!(found.logo.pieces[0].color, [128; 3]);
    assert_eq!(found.remark, Some(Flaw { fault: Fault::Gradient, line: 2, column: 7 }));
}

#[test]
fn what_cannot_be_printed_as_drawn_is_told_with_its_place() {
    for (inner, fault, line) in [
        ("<rect width='9' height='9'/>\n<text>Partner</text>", Fault::Text, 3),
        ("<image href='data:image/png;base64,AAAA' width='9' height='9'/>", Fault::Image, 2),
        ("<image href='http://example.org/a.png'/>", Fault::External("http://example.org/a.png".into()), 2),
        ("<image href='file:///etc/passwd'/>", Fault::External("file:///etc/passwd".into()), 2),
        ("\n<use href='other.svg#a'/>", Fault::External("other.svg#a".into()), 3),
        (
            "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><rect width='9' height='9' filter='url(#f)'/>",
            Fault::Effect("filter".into()),
            2,
        ),
        ("<rect width='9' height='9' style='mix-blend-mode:multiply'/>", Fault::Effect("mix-blend-mode".into()), 2),
        (
            "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>a</p></foreignObject>",
            Fault::Effect("foreignObject".into()),
            2,
        ),
    ] {
        let found = flaw(inner);
        assert_eq!((&found.fault, found.line), (&fault, line), "{inner}");
    }
    assert_eq!(flaw("").fault, Fault::Empty);
    assert_eq!(flaw("<rect width='0' height='9'/>").fault, Fault::Empty);
}

#[test]
fn what_drawing_programs_leave_behind_does_no_harm() {
    let logo = drawn(
        "<title>A logo</title><metadata><x/></metadata><defs><marker id='Arrow'><path d='M0 0h9'/></marker>\
         <filter id='unused'/><text id='old'>draft</text></defs>\
         <switch><foreignObject requiredExtensions='http://ns.example.org/'/><g><rect width='9' height='9'/></g></switch>\
         <text x='1'> </text>",
    )
    .logo;
    assert_eq!(logo.pieces.len(), 1);
    let entities = "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd' \
        [<!ENTITY ns_svg 'http://www.w3.org/2000/svg'>]><svg xmlns='&ns_svg;' width='9' height='9'><rect width='9' height='9'/></svg>";
    assert_eq!(read(entities.as_bytes()).unwrap().logo.pieces.len(), 1);
}

#[test]
fn no_file_is_too_hostile_to_be_refused() {
    assert_eq!(read(b"").unwrap_err().fault, Fault::Unknown);
    assert_eq!(read(&[0x1f, 0x8b, 8, 0, 0]).unwrap_err().fault, Fault::Unknown);
    assert_eq!(read(b"\x89PNG\r\n\x1a\n").unwrap_err().fault, Fault::Unknown);
    assert!(matches!(read(b"<svg xmlns='http://www.w3.org/2000/svg'>\n<g>").unwrap_err().fault, Fault::Broken(_)));
    assert_eq!(read(&vec![b' '; 2 << 20]).unwrap_err().fault, Fault::TooLarge);
    let deep = |n: usize| format!("{}<rect width='9' height='9'/>{}", "<g>".repeat(n), "</g>".repeat(n));
    assert_eq!(drawn(&deep(60)).logo.pieces.len(), 1);
    assert_eq!(flaw(&deep(90_000)).fault, Fault::TooComplex);
    assert_eq!(flaw(&deep(5_000)).fault, Fault::TooComplex);
    // Each doubles the one before: four thousand millions.
    let doubling: String =
        (1..33).map(|n| format!("<g id='u{n}'><use href='#u{0}'/><use href='#u{0}'/></g>", n - 1)).collect();
    assert_eq!(flaw(&format!("<g id='u0'><rect width='1' height='1'/></g>{doubling}")).fault, Fault::TooComplex);
    assert_eq!(flaw("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>").fault, Fault::TooComplex);
    let chain: String = (1..2_000).map(|n| format!("<g id='u{n}'><use href='#u{}'/></g>", n - 1)).collect();
    assert_eq!(flaw(&format!("<g id='u0'><rect width='1' height='1'/></g>{chain}")).fault, Fault::TooComplex);
    let clips: String = (1..2_000)
        .map(|n| format!("<clipPath id='k{n}' clip-path='url(#k{})'><rect width='9' height='9'/></clipPath>", n - 1))
        .collect();
    assert!(matches!(flaw(&clips).fault, Fault::Effect(_)));
    let laughs = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>\
        <!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>]>\
        <svg xmlns='http://www.w3.org/2000/svg'><title>&d;&d;&d;</title></svg>";
    assert_eq!(read(laughs.as_bytes()).unwrap_err().fault, Fault::TooComplex);
    let points = format!("<path d='M0 0{}z'/>", "l1 1 2 0".repeat(40_000));
    assert_eq!(flaw(&points).fault, Fault::TooComplex);
    let dashes = "<path d='M0 0 L1e7 0' stroke='red' stroke-width='2' stroke-dasharray='.01'/>";
    assert_eq!(flaw(dashes).fault, Fault::TooComplex);
}

#[test]
fn odd_numbers_do_not_spoil_the_page() {
    for inner in [
        "<rect width='1e38' height='1e38'/>",
        "<rect transform='scale(1e30)' width='9' height='9'/>",
        "<rect transform='scale(0)' width='9' height='9'/><rect width='9' height='9'/>",
        "<path d='M1e39 0 L NaN 3'/><rect width='9' height='9'/>",
        "<circle r='1e-30'/>",
        "<rect x='-1e30' width='9' height='9'/>",
    ] {
        let Ok(found) = read(svg(inner).as_bytes()) else { continue };
        let sound = |x: f32| x.is_finite() && x.abs() < 1e6;
        assert!(sound(found.logo.width) && sound(found.logo.height), "{inner}");
        for step in found.logo.pieces.iter().flat_map(|piece| &piece.outline.steps) {
            let ends_well = match *step {
                Step::Move(x, y) | Step::Line(x, y) | Step::Curve(_, _, _, _, x, y) => sound(x) && sound(y),
                Step::Close => true,
            };
            assert!(ends_well, "{inner}: {step:?}");
        }
    }
}
